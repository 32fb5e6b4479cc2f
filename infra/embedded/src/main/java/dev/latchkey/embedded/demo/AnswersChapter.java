package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Message;
import dev.latchkey.events.ModelChoice;
import dev.latchkey.events.ModelChoiceKind;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.Role;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import dev.latchkey.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prompts, answered with each user's own key; and refused once the key is gone. */
final class AnswersChapter {
    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);
    private static final int SHOWN = 70;

    private final Scene scene;
    private final Cast cast;
    private final Checks checks;

    AnswersChapter(Scene scene, Checks checks) {
        this.scene = scene;
        this.cast = scene.cast();
        this.checks = checks;
    }

    void play(Registered registered) {
        checks.chapter("Prompts are answered by each user's own provider, with each user's own key");
        try (var runs = new TopicTail<>(scene.stack().kafka(), Topics.AGENT_RUNS)) {
            var byDefault = publish(cast.alice(), new ModelChoice(ModelChoiceKind.USER_DEFAULT, null, List.of()));
            var named = publish(
                    cast.alice(), new ModelChoice(ModelChoiceKind.CREDENTIAL, registered.aliceAnthropic(), List.of()));
            var overRest = submit(cast.bob());
            answered(runs, byDefault, new Paid(cast.alice(), cast.aliceOpenAi(), registered.aliceOpenAi()));
            answered(runs, named, new Paid(cast.alice(), cast.aliceAnthropic(), registered.aliceAnthropic()));
            answered(runs, overRest, new Paid(cast.bob(), cast.bobGemini(), registered.bobGemini()));
        }
        calledOnce(cast.alice(), cast.aliceOpenAi());
        calledOnce(cast.alice(), cast.aliceAnthropic());
        calledOnce(cast.bob(), cast.bobGemini());
    }

    void playAfterDeletion(Registered registered) {
        checks.chapter("Alice deletes her default key");
        var reply = cast.alice().api().delete(ApiClient.CREDENTIALS + "/" + registered.aliceOpenAi());
        checks.equal("the api answers 200", 200, reply.status());
        try (var runs = new TopicTail<>(scene.stack().kafka(), Topics.AGENT_RUNS)) {
            var prompt = submit(cast.alice());
            var run = finalRun(runs, prompt);
            checks.equal(
                    "her next prompt is refused: \""
                            + run.map(AgentRun::getMessage).orElse("") + "\"",
                    RunReason.NO_DEFAULT_MODEL,
                    run.map(AgentRun::getReason).orElse(null));
            answered(runs, submit(cast.bob()), new Paid(cast.bob(), cast.bobGemini(), registered.bobGemini()));
        }
        calledOnce(cast.alice(), cast.aliceOpenAi());
        try (var defaults = new TopicTail<>(scene.stack().kafka(), Topics.DEFAULT_MODELS)) {
            var tombstone = defaults.firstSeen(record -> record.bytes() == null
                    && record.key().equals(cast.alice().id().toString()));
            checks.isTrue("topic default-models: Alice has none", tombstone.isPresent(), tombstone);
        }
    }

    /** Whose key ought to have paid. */
    private record Paid(Person person, OwnKey key, UUID credentialId) {}

    /** As an upstream service with a Kafka client does. */
    private UUID publish(Person person, ModelChoice choice) {
        var prompt = PromptSubmitted.newBuilder()
                .setPromptId(scene.ids().next())
                .setUserId(person.id())
                .setAgent("analyst")
                .setMessages(List.of(new Message(Role.USER, question(person))))
                .setModelChoice(choice)
                .setSubmittedAt(Instant.now())
                .build();
        scene.publisher().publish(Topics.PROMPTS, person.id().toString(), prompt);
        return prompt.getPromptId();
    }

    /** As an upstream service without one does. */
    private UUID submit(Person person) {
        var reply = person.api().post(ApiClient.PROMPTS, Map.of("prompt", question(person)));
        checks.equal(person.name() + " asks over REST, the api answers 202", 202, reply.status());
        return UUID.fromString(reply.text("prompt_id"));
    }

    private void answered(TopicTail<AgentRun> runs, UUID promptId, Paid paid) {
        var run = finalRun(runs, promptId);
        var answer = run.map(AgentRun::getAnswer).orElse("");
        checks.isTrue(paid.person().name() + " is answered: \"" + shortened(answer) + "\"", !answer.isEmpty(), run);
        var receipt = run.map(AgentRun::getReceipt).orElse(null);
        checks.equal(
                "the receipt names " + paid.person().name() + "'s own "
                        + paid.key().provider() + " key " + maskedKey(receipt),
                paid.credentialId(),
                receipt == null ? null : receipt.getCredentialId());
    }

    private Optional<AgentRun> finalRun(TopicTail<AgentRun> runs, UUID promptId) {
        checks.waitingFor("the answer");
        return runs.first(run -> run.getPromptId().equals(promptId) && FINAL.contains(run.getStatus()));
    }

    private void calledOnce(Person person, OwnKey key) {
        if (key.isReal()) {
            return;
        }
        var chats = scene.providerCalls().chatsWith(key.key());
        boolean own = !chats.isEmpty()
                && chats.stream().allMatch(chat -> chat.provider().equals(key.provider()));
        checks.isTrue(
                "the stand-in says that " + person.name() + "'s key ..." + key.end() + " came to " + key.provider()
                        + " and nowhere else",
                own && chats.size() == 1,
                chats);
    }

    private static String maskedKey(@Nullable Receipt receipt) {
        return receipt == null ? "nothing" : String.valueOf(receipt.getMaskedKey());
    }

    private static String question(Person person) {
        return "What should " + person.name() + " know about this morning's trades?";
    }

    private static String shortened(String text) {
        var line = text.replace('\n', ' ');
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
