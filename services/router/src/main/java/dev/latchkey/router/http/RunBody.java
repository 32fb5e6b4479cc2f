package dev.latchkey.router.http;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Receipt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as its user sees it. */
record RunBody(
        UUID promptId,
        String agent,
        String status,
        @Nullable String answer,
        @Nullable String sealedAnswer,
        @Nullable String reason,
        @Nullable String message,
        @Nullable ReceiptBody receipt,
        Instant submittedAt,
        Instant updatedAt) {
    /** Which key paid for what. */
    record ReceiptBody(
            String keyOwner,
            @Nullable UUID credentialId,
            @Nullable String maskedKey,
            String provider,
            String modelName,
            int attempts,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens) {
        static ReceiptBody of(Receipt receipt) {
            return new ReceiptBody(
                    word(receipt.getKeyOwner()),
                    receipt.getCredentialId(),
                    receipt.getMaskedKey(),
                    receipt.getProvider(),
                    receipt.getModelName(),
                    receipt.getAttempts(),
                    receipt.getPromptTokens(),
                    receipt.getCompletionTokens());
        }
    }

    static RunBody of(AgentRun run) {
        return new RunBody(
                run.getPromptId(),
                run.getAgent(),
                word(run.getStatus()),
                run.getAnswer(),
                Optional.ofNullable(run.getSealedAnswer()).map(RunBody::base64).orElse(null),
                Optional.ofNullable(run.getReason()).map(RunBody::word).orElse(null),
                run.getMessage(),
                Optional.ofNullable(run.getReceipt()).map(ReceiptBody::of).orElse(null),
                run.getSubmittedAt(),
                run.getUpdatedAt());
    }

    private static String base64(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(bytes.duplicate()))
                .toString();
    }

    private static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }
}
