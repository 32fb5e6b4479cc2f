package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.BEN;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.credential;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.prompt;
import static dev.latchkey.router.Given.promptWith;
import static dev.latchkey.router.Given.systemDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
    private final RouterRig router = RouterRig.usual();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void refusesWithoutADefaultModel() {
        router.change(active("a", 1, 0));

        router.submit(prompt("p"));

        assertThat(router.runs())
                .containsExactly(refused(
                        prompt("p"),
                        RunReason.NO_DEFAULT_MODEL,
                        "You have no default model: make one of your credentials default."));
        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void refusesAnUnknownCredential() {
        router.submit(promptWith("p", credential("a")));

        assertThat(router.runs())
                .containsExactly(
                        refused(prompt("p"), RunReason.CREDENTIAL_UNKNOWN, "You have no credential " + id("a") + "."));
    }

    @Test
    void knowsNothingOfSomebodyElsesCredential() {
        router.change(active("a", 1, 1));
        var prompt = PromptSubmitted.newBuilder(promptWith("p", credential("a")))
                .setUserId(BEN)
                .build();

        router.submit(prompt);

        assertThat(router.runs())
                .containsExactly(
                        refused(prompt, RunReason.CREDENTIAL_UNKNOWN, "You have no credential " + id("a") + "."));
        assertThat(router.tasks()).isEmpty();
    }

    @Test
    void refusesADeletedCredential() {
        router.change(deleted("a", 2, 1));

        router.submit(promptWith("p", credential("a")));

        assertThat(router.runs())
                .containsExactly(refused(
                        prompt("p"), RunReason.CREDENTIAL_INACTIVE, "Your credential " + id("a") + " is deleted."));
    }

    @Test
    void refusesTheSystemsDefaultWhereThereIsNone() {
        router.submit(promptWith("p", systemDefault()));

        assertThat(router.runs())
                .containsExactly(refused(
                        prompt("p"),
                        RunReason.SYSTEM_DEFAULT_DISABLED,
                        "The operator of this system offers no default model: choose one of your credentials."));
    }

    @Test
    void refusesAnAgentThatThereIsNot() {
        router.change(active("a", 1, 1));

        router.submit(PromptSubmitted.newBuilder(prompt("p")).setAgent("poet").build());

        assertThat(router.tasks()).isEmpty();
        assertThat(router.runs())
                .extracting(AgentRun::getState, AgentRun::getReason, AgentRun::getMessage, AgentRun::getReceipt)
                .containsExactly(
                        tuple(RunState.REFUSED, RunReason.REQUEST_REFUSED, "There is no agent of that name.", null));
    }

    private static AgentRun refused(PromptSubmitted prompt, RunReason reason, String message) {
        return new AgentRun(
                prompt.getPromptId(),
                prompt.getUserId(),
                "analyst",
                RunStatus.REFUSED,
                null,
                reason,
                message,
                null,
                NOW,
                NOW,
                null,
                RunState.REFUSED,
                0,
                3,
                List.of());
    }
}
