package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The programs in docs/examples, run as the README says. */
@ExtendWith(OneStack.class)
final class ExamplesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void anotherServiceAsksAnAgentInJava(Stack stack) {
        var user = User.withKey(stack, "sk-asks-in-java-0001");
        var libraries = Checkout.distribution().directory().resolve("lib") + "/*";
        var program = Checkout.ROOT.resolve("docs/examples/AskAgent.java").toString();

        var output = Output.of(Command.java(
                256,
                List.of(
                        "-cp",
                        libraries,
                        program,
                        user.id().toString(),
                        "What do I hold?",
                        stack.kafka().bootstrap(),
                        stack.kafka().registry().url().toString()),
                Map.of()));

        assertThat(output.lines()).containsExactly("This is openai gpt-4o-mini. You asked: What do I hold?");
        assertThat(output.status()).isZero();
    }

    @Test
    void anotherServiceAsksAnAgentInJavaWithoutAnybodyReadingAlong(Stack stack) {
        var user = User.withKey(stack, "sk-asks-sealed-0001");
        var libraries = Checkout.distribution().directory().resolve("lib") + "/*";
        var program = Checkout.ROOT.resolve("docs/examples/AskSealed.java").toString();

        var output = Output.of(Command.java(
                256,
                List.of("-cp", libraries, program, user.id().toString(), "What do I hold?"),
                Map.of(
                        "TOKEN", stack.token(user.id()),
                        "LATCHKEY_API_URL", stack.api().toString(),
                        "LATCHKEY_VAULT_ADDR", stack.transit().toString(),
                        "LATCHKEY_VAULT_TOKEN", stack.publisherToken(),
                        "LATCHKEY_KAFKA", stack.kafka().bootstrap(),
                        "LATCHKEY_REGISTRY_URL", stack.kafka().registry().url().toString())));

        assertThat(output.lines()).containsExactly("This is openai gpt-4o-mini. You asked: What do I hold?");
        assertThat(output.status()).isZero();
    }

    @Test
    void anotherServiceFollowsTheBooksInPython(Stack stack) throws IOException {
        requireConfluentsClient();
        var user = User.of(stack);
        try (var publisher = new Publisher(stack.kafka())) {
            publisher.publish(Topics.TRADES, user.id().toString(), Upstream.buy(user.id(), "3", "100"));
        }

        var line = firstLine(follow(stack), user.id().toString());

        assertThat(line).matches(user.id() + "\\|\\S* [A-Z_]+ realised 0(\\.0+)? unrealised (-?[0-9.]+|unknown) USD");
    }

    private static ProcessBuilder follow(Stack stack) {
        var program = TestProgram.of(List.of(
                "python3",
                Checkout.ROOT.resolve("docs/examples/follow_pnl.py").toString(),
                stack.kafka().bootstrap(),
                stack.kafka().registry().url().toString()));
        program.environment().put("PYTHONUNBUFFERED", "1");
        program.environment().put("PYTHONFAULTHANDLER", "1");
        return program.redirectErrorStream(true);
    }

    /**
     * The books of other tests are on the topic, too. A program that does not say it is ended after a while, and says what it was
     * doing then: all that it said is returned.
     */
    private static String firstLine(ProcessBuilder program, String beginning) throws IOException {
        var process = program.start();
        var _ = process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .thenAccept(ExamplesTest::endWithLastWords);
        var said = new ArrayList<String>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines()
                    .peek(said::add)
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElseGet(() -> String.join("\n", said));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void endWithLastWords(Process process) {
        if (process.isAlive()) {
            Output.of(new Command(List.of("kill", "-ABRT", Long.toString(process.pid())), Map.of()));
        }
    }

    private static void requireConfluentsClient() {
        var found = Output.of(new Command(
                List.of("sh", "-c", "python3 -c 'import confluent_kafka.schema_registry.avro' 2>/dev/null"), Map.of()));
        if (found.status() != 0) {
            var reason = "NOT RUN: docs/examples/follow_pnl.py, because this machine's python3 has no confluent-kafka";
            System.err.println(reason);
            abort(reason);
        }
    }
}
