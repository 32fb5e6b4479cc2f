package dev.latchkey.api.credentials;

import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.userDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.events.CredentialVersion;
import dev.latchkey.events.Message;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PromptTest {
    private static final UUID ID = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final List<Message> MESSAGES = List.of(new Message(Role.USER, "What now?"));

    @Test
    void becomesAnEventWithItsDeadline() {
        var after = new CredentialVersion(UUID.randomUUID(), 7L);
        var prompt = new Prompt(ID, "analyst", MESSAGES, userDefault(), Duration.ofSeconds(90));

        assertThat(prompt.submitted(USER, after, MORNING))
                .isEqualTo(new PromptSubmitted(
                        ID, USER, "analyst", MESSAGES, userDefault(), after, MORNING.plusSeconds(90), MORNING, null));
    }

    @Test
    void leavesTheDeadlineToTheServiceIfNoneIsAskedFor() {
        var prompt = new Prompt(ID, "analyst", MESSAGES, userDefault(), null);

        assertThat(prompt.submitted(USER, null, MORNING))
                .isEqualTo(
                        new PromptSubmitted(ID, USER, "analyst", MESSAGES, userDefault(), null, null, MORNING, null));
    }

    @Test
    void saysWhichRuleItBreaks() {
        assertRule("Analyst!", MESSAGES, 1, "agent must be 1 to 50 lower-case letters, digits or hyphens");
        assertRule("analyst", List.of(), 1, "a prompt has 1 to 200 messages");
        assertRule("analyst", List.of(new Message(Role.USER, " ")), 1, "no message may be blank");
        assertRule("analyst", MESSAGES, 0, "deadline_seconds must be 1 to 3600");
        assertRule("analyst", MESSAGES, 3601, "deadline_seconds must be 1 to 3600");
    }

    private static void assertRule(String agent, List<Message> messages, int seconds, String rule) {
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> new Prompt(ID, agent, messages, userDefault(), Duration.ofSeconds(seconds)))
                .withMessage(rule);
    }
}
