package dev.countersign.it.signers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests whose peers run on Node where there is none that is new enough, and says so; unless
 * the environment has {@code SIGNERS_NODE=required}: then they run, and fail.
 */
final class OnNode implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing = NodePeers.missing();
        return missing.isEmpty() || "required".equals(System.getenv("SIGNERS_NODE"))
                ? ConditionEvaluationResult.enabled("there is a Node, or there must be")
                : ConditionEvaluationResult.disabled(missing);
    }
}
