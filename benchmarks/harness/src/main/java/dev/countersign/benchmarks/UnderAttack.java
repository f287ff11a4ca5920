package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Good warm clients beside as many that send bad credentials which are dear to judge, on one server. */
final class UnderAttack {
    /** What the good clients got beside the bad, as a part of what they got alone in windows before and after; medians. */
    record Share(String good, String bad, double part, double low, double high, double badPerSecond) {}

    private static final int CLIENTS = 8;
    /** More guesses than are answered in a second. */
    private static final int BAD_PER_SECOND = 25_000;

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final int warmUp;
    private final int seconds;
    private final int rounds;

    UnderAttack(Path root, Path folder, Credentials credentials, int warmUp, int seconds, int rounds) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.warmUp = warmUp;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /**
     * Measures both kinds of bad clients beside each of these, which must be of one deployment that takes passwords hashed
     * with bcrypt and tokens of ES256.
     */
    List<Share> measure(List<Case> good) throws IOException, GeneralSecurityException {
        Wrk wrk = Wrk.installed(folder);
        Path passwords = folder.resolve("wrong-passwords.txt");
        List<String> guesses = new ArrayList<>();
        for (int i = 0; i < BAD_PER_SECOND * seconds; i++) {
            guesses.add(
                    "Basic " + Base64.getEncoder().encodeToString(("ann:guess-" + i).getBytes(StandardCharsets.UTF_8)));
        }
        Files.write(passwords, guesses);
        List<Share> shares = new ArrayList<>();
        for (Case variant : good) {
            try (WorkerProcess worker =
                    WorkerProcess.start(root, folder, variant, credentials, WorkerProcess.Jvm.own())) {
                worker.requireRefusals();
                for (double warm = 0; warm < warmUp; ) {
                    warm += seconds * load(wrk, worker, seconds);
                }
                shares.add(share(wrk, worker, "wrong passwords, bcrypt", round -> passwords));
                shares.add(share(wrk, worker, "forged tokens, ES256", this::forged));
            }
        }
        return shares;
    }

    private Path forged(int round) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("forged-tokens.txt");
        Files.write(file, TokenIssuer.of("ES256", credentials.folder()).forged(BAD_PER_SECOND * seconds));
        return file;
    }

    /** Writes bad values of {@code Authorization}, for each round others. */
    private interface Bad {
        Path values(int round) throws IOException, GeneralSecurityException;
    }

    private Share share(Wrk wrk, WorkerProcess worker, String name, Bad bad)
            throws IOException, GeneralSecurityException {
        List<double[]> samples = new ArrayList<>();
        double before = load(wrk, worker, seconds);
        for (int round = 0; round < rounds; round++) {
            Wrk.Running attack =
                    wrk.startFresh(worker.port(), worker.variant().path(), bad.values(round), CLIENTS, seconds);
            double beside = load(wrk, worker, seconds);
            Wrk.Load attacked = attack.await();
            if (attacked.refused() != attacked.requests()) {
                throw new IOException("Bad credentials got in: " + name);
            }
            double after = load(wrk, worker, seconds);
            samples.add(new double[] {2 * beside / (before + after), attacked.perSecond()});
            before = after;
        }
        return new Share(
                worker.variant().name(),
                name,
                Samples.quantile(samples, 0, 0.5),
                Samples.quantile(samples, 0, 0.25),
                Samples.quantile(samples, 0, 0.75),
                Samples.quantile(samples, 1, 0.5));
    }

    private double load(Wrk wrk, WorkerProcess worker, int seconds) throws IOException {
        Case variant = worker.variant();
        Wrk.Load load = wrk.start(worker.port(), variant.path(), variant.headers(), CLIENTS, seconds)
                .await();
        if (load.refused() != 0) {
            throw new IOException(variant.name() + ": " + load.refused() + " good requests were refused");
        }
        return load.perSecond();
    }
}
