package dev.latchkey.router.http;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RunState;
import dev.latchkey.events.ToolCall;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as its user sees it. */
record RunBody(
        UUID promptId,
        String agent,
        String status,
        int step,
        int mostSteps,
        List<CallBody> pendingCalls,
        @Nullable String answer,
        @Nullable String sealedAnswer,
        @Nullable String reason,
        @Nullable String message,
        @Nullable ReceiptBody receipt,
        Instant submittedAt,
        Instant updatedAt) {
    /** A tool that waits for the user's decision. */
    record CallBody(String callId, String tool, String arguments) {
        static CallBody of(ToolCall call) {
            return new CallBody(call.getCallId(), call.getTool(), call.getArguments());
        }
    }

    /** Which key paid for what. */
    record ReceiptBody(
            String keyOwner,
            @Nullable UUID credentialId,
            @Nullable String maskedKey,
            String provider,
            String modelName,
            int attempts,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens,
            @Nullable Long credentialRevision,
            @Nullable BigDecimal cost,
            @Nullable String costCurrency) {
        static ReceiptBody of(Receipt receipt) {
            return new ReceiptBody(
                    word(receipt.getKeyOwner()),
                    receipt.getCredentialId(),
                    receipt.getMaskedKey(),
                    receipt.getProvider(),
                    receipt.getModelName(),
                    receipt.getAttempts(),
                    receipt.getPromptTokens(),
                    receipt.getCompletionTokens(),
                    receipt.getCredentialRevision(),
                    receipt.getCost(),
                    receipt.getCostCurrency());
        }
    }

    static RunBody of(AgentRun run) {
        return new RunBody(
                run.getPromptId(),
                run.getAgent(),
                status(run),
                run.getStep(),
                run.getMostSteps(),
                run.getPendingCalls().stream().map(CallBody::of).toList(),
                run.getAnswer(),
                Optional.ofNullable(run.getSealedAnswer()).map(RunBody::base64).orElse(null),
                Optional.ofNullable(run.getReason()).map(RunBody::word).orElse(null),
                run.getMessage(),
                Optional.ofNullable(run.getReceipt()).map(ReceiptBody::of).orElse(null),
                run.getSubmittedAt(),
                run.getUpdatedAt());
    }

    /** The coarse word of version 0.1 where there is no other. */
    private static String status(AgentRun run) {
        return Optional.ofNullable(run.getState())
                .filter(state -> state != RunState.UNKNOWN)
                .map(RunBody::word)
                .orElseGet(() -> word(run.getStatus()));
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
