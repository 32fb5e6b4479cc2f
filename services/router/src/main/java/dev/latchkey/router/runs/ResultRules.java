package dev.latchkey.router.runs;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AnswerGiven;
import java.util.Optional;

/** What the result of an attempt must keep beyond its schema. */
public final class ResultRules {
    /** Fits into a record of agent-runs, whatever the script. */
    public static final int LONGEST_ANSWER = 256 * 1024;

    private ResultRules() {}

    /** The rule that a result breaks, if any. */
    public static Optional<String> brokenBy(String key, AgentResult result) {
        if (!key.equals(result.getUserId().toString())) {
            return Optional.of("the record key is the userId");
        }
        if (result.getAttempt() < 1) {
            return Optional.of("attempt is at least 1");
        }
        return brokenByAnswer(result).or(() -> brokenBySteps(result));
    }

    private static Optional<String> brokenBySteps(AgentResult result) {
        if (result.getUnfinished() && !(result.getOutcome() instanceof AnswerGiven)) {
            return Optional.of("what is unfinished is an answer");
        }
        if (!result.getUnfinished() && !result.getPendingCalls().isEmpty()) {
            return Optional.of("calls wait for a decision only while the run goes on");
        }
        return result.getSealedSteps() != null && !result.getSteps().isEmpty()
                ? Optional.of("steps are sealed or plain, and not both")
                : Optional.empty();
    }

    private static Optional<String> brokenByAnswer(AgentResult result) {
        var text = result.getOutcome() instanceof AnswerGiven answer ? answer.getText() : "";
        var sealed = result.getSealedAnswer();
        if (sealed != null && (!text.isEmpty() || !(result.getOutcome() instanceof AnswerGiven))) {
            return Optional.of("an answer is sealed or plain, and not both");
        }
        if (sealed != null && sealed.remaining() > PromptRules.LONGEST_SEALED) {
            return Optional.of("sealedAnswer has at most " + PromptRules.LONGEST_SEALED + " bytes");
        }
        return text.length() > LONGEST_ANSWER
                ? Optional.of("an answer has at most " + LONGEST_ANSWER + " characters")
                : Optional.empty();
    }
}
