package dev.countersign.gate;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.gate.ConfiguredScheme.ChallengeMode;
import dev.countersign.gate.GateSettings.ChallengeOrder;
import dev.countersign.http.ChallengeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the {@code WWW-Authenticate} lines of an answer: the rules G1 to G7 and G13 of SPEC section 5, in one place. */
final class Challenges {
    private final List<ConfiguredScheme> schemes;
    private final GateSettings settings;
    private final boolean hidesFromScripts;

    Challenges(List<ConfiguredScheme> schemes, GateSettings settings) {
        this.schemes = schemes;
        this.settings = settings;
        this.hidesFromScripts = schemes.stream().anyMatch(scheme -> scheme.challenge() == ChallengeMode.NON_XHR);
    }

    /** One scheme that is to be asked for, with the failure to explain, if it was its credential that failed. */
    record Ask(
            int scheme,
            @Nullable RejectionReason failure,
            @Nullable ChallengeTemplate failureTemplate) {
        static Ask plain(int scheme) {
            return new Ask(scheme, null, null);
        }
    }

    /**
     * The challenges of one answer.
     *
     * @param fields one {@code WWW-Authenticate} field line each
     * @param error the OAuth error that a token challenge among them tells, for the body to repeat
     */
    record Lines(List<String> fields, Optional<String> error) {
        static final Lines NONE = new Lines(List.of(), Optional.empty());
    }

    /** The field lines where every scheme of the rule is asked for and none has failed, made once for a rule. */
    Lines plainLines(RulePlan plan, Exchange exchange) {
        boolean byScript = hidesFromScripts && isByScript(exchange);
        return plan.plainLines(byScript, () -> linesFor(plainAsks(plan), plan, byScript));
    }

    /** An ask for each scheme of the rule. */
    static List<Ask> plainAsks(RulePlan plan) {
        List<Ask> asks = new ArrayList<>(plan.schemes().length);
        for (int scheme : plan.schemes()) {
            asks.add(Ask.plain(scheme));
        }
        return asks;
    }

    /** The field lines for these schemes; one for each challenge token and realm (G2). */
    Lines lines(List<Ask> asks, RulePlan plan, Exchange exchange) {
        return linesFor(asks, plan, hidesFromScripts && isByScript(exchange));
    }

    private Lines linesFor(List<Ask> asks, RulePlan plan, boolean byScript) {
        List<Merged> merged = new ArrayList<>();
        for (Ask ask : visible(asks, byScript)) {
            AuthenticationScheme scheme = schemes.get(ask.scheme()).scheme();
            ChallengeTemplate template = scheme.challengeTemplate();
            // A key that came as Bearer is told so in a Bearer challenge, beside the scheme's own (R10).
            if (ask.failureTemplate() != null && !sameChallenge(template, ask.failureTemplate())) {
                merge(merged, ask.failureTemplate(), ask.failure(), plan.scopesOf(scheme.name()), ask.scheme());
                merge(merged, template, null, plan.scopesOf(scheme.name()), ask.scheme());
            } else {
                merge(merged, template, ask.failure(), plan.scopesOf(scheme.name()), ask.scheme());
            }
        }
        return format(merged);
    }

    /** What the schemes that are asked for add to their challenges, each field line once. */
    List<Decision.Field> fields(List<Ask> asks, Exchange exchange) {
        List<Decision.Field> fields = List.of();
        for (Ask ask : visible(asks, hidesFromScripts && isByScript(exchange))) {
            List<Decision.Field> own = schemes.get(ask.scheme()).scheme().answerFields(exchange);
            if (own.isEmpty()) {
                continue;
            }
            if (fields.isEmpty()) {
                fields = new ArrayList<>(own.size());
            }
            for (Decision.Field field : own) {
                if (!fields.contains(field)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /** The field lines that explain one failure and ask for nothing else: R5, R9 and R12. */
    Lines failureLines(List<Ask> asks, RulePlan plan) {
        List<Merged> merged = new ArrayList<>();
        for (Ask ask : asks) {
            AuthenticationScheme scheme = schemes.get(ask.scheme()).scheme();
            ChallengeTemplate template =
                    ask.failureTemplate() == null ? scheme.challengeTemplate() : ask.failureTemplate();
            merge(merged, template, ask.failure(), plan.scopesOf(scheme.name()), ask.scheme());
        }
        return format(merged);
    }

    /** Leaves out what the settings hide, unless nothing would be left (SPEC section 11 c, d). */
    private List<Ask> visible(List<Ask> asks, boolean byScript) {
        List<Ask> visible = new ArrayList<>(asks);
        visible.removeIf(ask -> {
            ChallengeMode mode = schemes.get(ask.scheme()).challenge();
            return mode == ChallengeMode.OFF || (mode == ChallengeMode.NON_XHR && byScript);
        });
        return visible.isEmpty() ? asks : visible;
    }

    private static boolean isByScript(Exchange exchange) {
        return exchange.headers("X-Requested-With").contains("XMLHttpRequest")
                || exchange.headers("Sec-Fetch-Mode").contains("cors");
    }

    private static void merge(
            List<Merged> merged,
            ChallengeTemplate template,
            @Nullable RejectionReason failure,
            List<String> scopes,
            int position) {
        Optional<ChallengeTemplate.Explanation> explanation =
                failure == null ? Optional.empty() : template.explains().apply(failure);
        for (Merged other : merged) {
            if (sameChallenge(other.template, template)) {
                other.scopes.addAll(scopes);
                if (other.explanation.isEmpty()) {
                    other.explanation = explanation;
                    other.failure = failure;
                }
                return;
            }
        }
        merged.add(new Merged(template, explanation, failure, new LinkedHashSet<>(scopes), position));
    }

    private static boolean sameChallenge(ChallengeTemplate one, ChallengeTemplate other) {
        return one.scheme().equalsIgnoreCase(other.scheme()) && one.realm().equals(other.realm());
    }

    private Lines format(List<Merged> merged) {
        if (settings.challengeOrder() == ChallengeOrder.COMPAT) {
            merged.sort(Comparator.<Merged>comparingInt(m -> compatRank(m.template.scheme()))
                    .thenComparingInt(m -> m.position));
        } else {
            merged.sort(Comparator.comparingInt(m -> m.position));
        }
        List<String> fields = new ArrayList<>(merged.size());
        Optional<String> error = Optional.empty();
        for (Merged line : merged) {
            fields.add(format(line));
            if (error.isEmpty() && line.template.showsScope()) {
                error = line.explanation.map(ChallengeTemplate.Explanation::error);
            }
        }
        return new Lines(fields, error);
    }

    private String format(Merged merged) {
        Challenge.Builder challenge = Challenge.of(merged.template.scheme(), merged.template.realm());
        for (Challenge.Parameter parameter : merged.template.parameters()) {
            challenge.with(parameter.name(), parameter.value());
        }
        if (merged.template.showsScope() && showsScope(merged) && !merged.scopes.isEmpty()) {
            challenge.with("scope", String.join(" ", merged.scopes));
        }
        ChallengeTemplate.Explanation explanation = merged.explanation.orElse(null);
        if (explanation != null) {
            challenge.with("error", explanation.error());
            if (explanation.description().isPresent()) {
                challenge.with("error_description", explanation.description().get());
            }
        }
        if (merged.template.showsScope() && settings.resourceMetadataUrl().isPresent()) {
            challenge.with("resource_metadata", settings.resourceMetadataUrl().get());
        }
        return text(challenge.build());
    }

    private static String text(Challenge challenge) {
        ChallengeText text = ChallengeText.of(challenge.scheme());
        for (Challenge.Parameter parameter : challenge.parameters()) {
            text.with(parameter.name(), parameter.value());
        }
        return text.toString();
    }

    /** G13: with no error, {@code invalid_token} or {@code insufficient_scope}, as far as the settings want it. */
    private boolean showsScope(Merged merged) {
        boolean insufficient = merged.failure == RejectionReason.INSUFFICIENT_SCOPE;
        boolean malformedRequest = merged.failure != null && merged.failure.status() == 400;
        return switch (settings.challengeScope()) {
            case ALWAYS -> !malformedRequest;
            case INSUFFICIENT -> insufficient;
            case NEVER -> false;
        };
    }

    private static int compatRank(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "basic" -> 0;
            case "bearer" -> 1;
            case "dpop" -> 2;
            default -> 3;
        };
    }

    /** One line in the making. */
    private static final class Merged {
        private final ChallengeTemplate template;
        private final Set<String> scopes;
        private final int position;
        private Optional<ChallengeTemplate.Explanation> explanation;
        private @Nullable RejectionReason failure;

        Merged(
                ChallengeTemplate template,
                Optional<ChallengeTemplate.Explanation> explanation,
                @Nullable RejectionReason failure,
                Set<String> scopes,
                int position) {
            this.template = template;
            this.explanation = explanation;
            this.failure = failure;
            this.scopes = scopes;
            this.position = position;
        }
    }
}
