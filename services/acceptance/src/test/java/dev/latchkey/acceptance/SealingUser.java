package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Stack;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Message;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.Role;
import dev.latchkey.events.TradeReported;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.sealing.PayloadSealer;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A user whose upstream service seals what it publishes. */
record SealingUser(User user, String wrappedKey, PayloadSealer.Under under) {
    private static final String DATA_KEY = "/api/v1/users/me/data-key";
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(18);

    static SealingUser withKey(Stack stack, String apiKey) {
        var user = User.withKey(stack, apiKey);
        var reply = user.api().put(DATA_KEY, Map.of());
        assertThat(reply.status()).isEqualTo(201);
        var opened = (Unwrapped.Opened) opener(stack).unwrap(wrapped(reply.text("wrapped_key")), user.id());
        var keyId = UUID.fromString(reply.text("key_id"));
        return new SealingUser(user, reply.text("wrapped_key"), new PayloadSealer.Under(keyId, opened.key()));
    }

    static VaultDataKeyOpener opener(Stack stack) {
        var login = new VaultLogin.FixedToken(stack.publisherToken());
        return new VaultDataKeyOpener(VaultSession.open(new VaultSettings(stack.transit(), login, "latchkey")));
    }

    static WrappedKey wrapped(String ciphertext) {
        return new WrappedKey(ciphertext, "latchkey-data");
    }

    UUID id() {
        return user.id();
    }

    PromptSubmitted prompt(String question) {
        var prompt = Upstream.prompt(id());
        var field = new SealedField(id(), prompt.getPromptId(), SealedField.Name.PROMPT_MESSAGES);
        byte[] messages = SealedContents.messages(List.of(new Message(Role.USER, question)));
        return PromptSubmitted.newBuilder(prompt)
                .setMessages(List.of())
                .setSealedMessages(new PayloadSealer(new SecureRandom()).seal(messages, under, field))
                .build();
    }

    TradeReported sealed(TradeReported trade) {
        var field = new SealedField(id(), trade.getEventId(), SealedField.Name.TRADE_FILL);
        byte[] fill = SealedContents.fill(new SealedContents.Fill(trade.getQuantity(), trade.getPrice()));
        return TradeReported.newBuilder(trade)
                .setQuantity(NOTHING)
                .setPrice(NOTHING)
                .setSealedFill(new PayloadSealer(new SecureRandom()).seal(fill, under, field))
                .build();
    }

    String answer(AgentRun run) {
        var field = new SealedField(id(), run.getPromptId(), SealedField.Name.PROMPT_ANSWER);
        byte[] answer = SealedPayload.parse(run.getSealedAnswer())
                .flatMap(payload -> payload.open(under.key(), field))
                .orElseThrow();
        return new String(answer, StandardCharsets.UTF_8);
    }
}
