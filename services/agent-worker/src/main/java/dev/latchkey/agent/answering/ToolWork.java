package dev.latchkey.agent.answering;

import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolDecision;
import dev.latchkey.events.ToolResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes calls of tools: those that a model wants and nobody has to be asked about, and those that were decided. */
final class ToolWork {
    static final int MOST_CALLS = 16;
    static final int LONGEST_RESULT = 20_000;

    private static final String REJECTED = "The user does not want this.";
    private static final String TOO_MANY = "At most " + MOST_CALLS + " calls are made at a time, and this one was not.";
    private static final String CUT = "\n[Cut after " + LONGEST_RESULT + " characters: there is more.]";
    private static final int LONGEST_ID = 200;

    /** Providers refuse to be told of a tool with another name, or of arguments that are no object. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private static final String NO_NAME = "unnamed";
    private static final String NO_ARGUMENTS = "{}";

    private final Toolbox toolbox;

    ToolWork(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /** The steps of the run with results of all calls that were decided. One that has its result is not made again. */
    List<StepMade> decided(Run run) throws InterruptedException {
        var decisions = run.task().getDecisions().stream()
                .collect(Collectors.toMap(
                        ToolDecision::getCallId, ToolDecision::getApproved, (one, other) -> one && other));
        var steps = new ArrayList<StepMade>();
        for (var step : run.steps()) {
            var results = new ArrayList<ToolResult>();
            for (var call : step.getCalls()) {
                var known = Steps.result(call, step);
                var decision = decisions.get(call.getCallId());
                if (known.isPresent()) {
                    results.add(known.get());
                } else if (decision != null) {
                    results.add(result(call, decision ? make(call, run) : REJECTED));
                }
            }
            steps.add(new StepMade(step.getText(), step.getCalls(), results));
        }
        return steps;
    }

    /** The step that an answer begins: every call has its result, unless it waits for approval. */
    StepMade begun(String text, List<ToolCall> wanted, Run run) throws InterruptedException {
        var ids = usedIds(run);
        var calls = new ArrayList<ToolCall>();
        var results = new ArrayList<ToolResult>();
        for (var call : wanted) {
            var id = uniqueId(call, calls.size(), ids, run);
            var named = new ToolCall(id, call.getTool(), call.getArguments(), call.getSignature());
            var outcome = calls.size() < MOST_CALLS ? unlessToBeApproved(named, run) : Optional.of(TOO_MANY);
            calls.add(tellable(named));
            outcome.ifPresent(words -> results.add(result(named, words)));
        }
        return new StepMade(text, calls, results);
    }

    /** What came of the call; empty when its user has to be asked first. */
    private Optional<String> unlessToBeApproved(ToolCall call, Run run) throws InterruptedException {
        return switch (toolbox.judge(call, run.agent())) {
            case Toolbox.Judged.Wrong(var sentence) -> Optional.of(sentence);
            case Toolbox.Judged.Right right ->
                run.agent().approval().contains(call.getTool()) ? Optional.empty() : Optional.of(use(right, call, run));
        };
    }

    private String make(ToolCall call, Run run) throws InterruptedException {
        return switch (toolbox.judge(call, run.agent())) {
            case Toolbox.Judged.Wrong(var sentence) -> sentence;
            case Toolbox.Judged.Right right -> use(right, call, run);
        };
    }

    private static String use(Toolbox.Judged.Right right, ToolCall call, Run run) throws InterruptedException {
        var task = run.task();
        return right.tool()
                .use(new Tool.Use(task.getUserId(), task.getPromptId(), call.getCallId(), right.arguments()));
    }

    private ToolCall tellable(ToolCall call) {
        return new ToolCall(
                call.getCallId(),
                NAME.matcher(call.getTool()).matches() ? call.getTool() : NO_NAME,
                toolbox.isReadable(call.getArguments()) ? call.getArguments() : NO_ARGUMENTS,
                call.getSignature());
    }

    private static Set<String> usedIds(Run run) {
        return run.steps().stream()
                .flatMap(step -> step.getCalls().stream())
                .map(ToolCall::getCallId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The provider's, or one of ours where it gives none or the same twice. */
    private static String uniqueId(ToolCall call, int index, Set<String> used, Run run) {
        var given = call.getCallId();
        if (!given.isBlank() && given.length() <= LONGEST_ID && used.add(given)) {
            return given;
        }
        var own = run.task().getStep() + "-" + index;
        while (!used.add(own)) {
            own += "-";
        }
        return own;
    }

    private static ToolResult result(ToolCall call, String text) {
        return new ToolResult(call.getCallId(), cut(text));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_RESULT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_RESULT - 1)) ? LONGEST_RESULT - 1 : LONGEST_RESULT;
        return text.substring(0, end) + CUT;
    }
}
