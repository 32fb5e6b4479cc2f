package dev.latchkey.standins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.standins.local.Caller;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.providers.ProviderStandIn;
import dev.latchkey.standins.transit.DevTransit;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.standins.transit.TransitState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that goes through the stand-ins leaves no trace in what they print, at any log level, or answer. */
final class CanaryTest {
    private static final String CANARY = "canary1f0c6b52d9wxyz";
    private static final Logger ROOT = Logger.getLogger("");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Level level = ROOT.getLevel();
    private final Handler everything = new Recording(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @BeforeEach
    void listen() {
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(everything);
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
        ROOT.setLevel(level);
        ROOT.removeHandler(everything);
    }

    @Test
    void isNotTracedByTheProviders() {
        var answers = new StringBuilder();
        try (var standIn = ProviderStandIn.start(
                Listen.atAnyPort(), new Delays(Duration.ofMillis(1), Duration.ofSeconds(1)), Clock.systemUTC())) {
            for (var word : List.of("good", "bad", "quota", "ratelimited", "overloaded", "broken", "slow", "delay1")) {
                answers.append(openAi(standIn, word))
                        .append(gemini(standIn, word))
                        .append(anthropic(standIn, word));
            }
            var anybody = new Caller(standIn.address(), "x-none", "none");
            answers.append(anybody.get("/calls").text())
                    .append(anybody.get("/calls/count").text());
        }

        assertThat(answers.toString()).doesNotContain(CANARY);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("bound for socket")
                .doesNotContain(CANARY);
    }

    @Test
    void isNotTracedByTheTransit() {
        var base64 = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
        var bodies = List.of(
                "{\"plaintext\": \"" + CANARY + "\"}",
                "{\"plaintext\": \"" + CANARY + "!\", \"context\": \"AAAA\"}",
                "{\"plaintext\": \"" + base64 + "\", \"context\": \"AAAA\"}",
                "{\"plaintext\": \"" + base64 + "\"",
                "{\"ciphertext\": \"" + CANARY + "\", \"context\": \"AAAA\"}");
        var answers = new StringBuilder();
        try (var transit =
                DevTransit.start(Listen.atAnyPort(), TransitState.inMemory(Clock.systemUTC(), Map.of()), "latchkey")) {
            for (var identity : Identity.values()) {
                var caller = new Caller(transit.address(), "X-Vault-Token", transit.token(identity));
                bodies.forEach(body -> answers.append(caller.post("/v1/transit/encrypt/latchkey", body)
                                .text())
                        .append(caller.post("/v1/transit/rewrap/latchkey", body).text()));
            }
        }

        assertThat(answers.toString()).contains("vault:v1:").doesNotContain(CANARY, base64);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("bound for socket")
                .doesNotContain(CANARY, base64);
    }

    private static String openAi(ProviderStandIn standIn, String word) {
        var caller = new Caller(standIn.address(), "Authorization", "Bearer sk-" + word + "-" + CANARY);
        return caller.get("/v1/models").text()
                + caller.post("/v1/chat/completions", "{}").text();
    }

    private static String gemini(ProviderStandIn standIn, String word) {
        var caller = new Caller(standIn.address(), "x-goog-api-key", "AIza-" + word + "-" + CANARY);
        return caller.get("/v1beta/models").text()
                + caller.post("/v1beta/models/gemini-1.5-flash:generateContent", "{}")
                        .text();
    }

    private static String anthropic(ProviderStandIn standIn, String word) {
        var caller = new Caller(standIn.address(), "x-api-key", "sk-ant-" + word + "-" + CANARY);
        return caller.get("/v1/models").text()
                + caller.post("/v1/messages", "{}").text();
    }

    private static final class Recording extends Handler {
        private final PrintStream target;

        Recording(PrintStream target) {
            this.target = target;
        }

        /** Not the client under the test, which may print what it sends. */
        @Override
        public void publish(LogRecord entry) {
            if (!String.valueOf(entry.getLoggerName()).startsWith("jdk.")) {
                target.println(entry.getMessage() + " " + List.of(parameters(entry)) + " " + entry.getThrown());
            }
        }

        private static Object[] parameters(LogRecord entry) {
            return entry.getParameters() == null ? new Object[0] : entry.getParameters();
        }

        @Override
        public void flush() {
            target.flush();
        }

        @Override
        public void close() {
            target.flush();
        }
    }
}
