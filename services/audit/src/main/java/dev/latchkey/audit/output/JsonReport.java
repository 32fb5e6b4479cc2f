package dev.latchkey.audit.output;

import dev.latchkey.audit.history.Audience;
import dev.latchkey.audit.history.Finding;
import dev.latchkey.audit.history.HeldCredential;
import dev.latchkey.audit.history.Holdings;
import dev.latchkey.audit.history.Tally;
import dev.latchkey.events.AuditResult;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialState;
import dev.latchkey.runtime.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A replay for programs: one JSON object a line, told apart by {@code type}. */
public final class JsonReport implements Audience {
    private record ChangeLine(
            String type,
            Instant occurredAt,
            UUID userId,
            long sequence,
            CredentialChange change,
            @Nullable UUID credentialId,
            @Nullable StateLine after,
            String actor,
            String requestId,
            AuditResult result,
            UUID eventId) {}

    private record StateLine(
            String provider,
            String modelName,
            @Nullable String baseUrl,
            String maskedKey,
            @Nullable String keyFingerprint,
            boolean isActive,
            Instant createdAt) {}

    private record CredentialLine(
            String type, UUID userId, UUID credentialId, long sequence, boolean isDefault, StateLine state) {}

    private record FindingLine(String type, int partition, long offset, String what) {}

    private record EndLine(String type, Tally tally) {}

    private final PrintWriter out;

    public JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void change(CredentialAudited change) {
        var after = change.getAfter();
        print(new ChangeLine(
                "change",
                change.getOccurredAt(),
                change.getUserId(),
                change.getSequence(),
                change.getChange(),
                change.getCredentialId(),
                after == null ? null : line(after),
                change.getActor(),
                change.getRequestId(),
                change.getResult(),
                change.getEventId()));
    }

    @Override
    public void finding(Finding finding) {
        var place = finding.place();
        print(new FindingLine("finding", place.partition(), place.offset(), Words.of(finding)));
    }

    @Override
    public void holdings(Holdings holdings) {
        var byDefault = holdings.defaultCredential();
        for (HeldCredential held : holdings.credentials()) {
            boolean isDefault = byDefault.filter(held.id()::equals).isPresent();
            print(new CredentialLine(
                    "credential", holdings.userId(), held.id(), held.sequence(), isDefault, line(held.state())));
        }
    }

    @Override
    public void end(Tally tally) {
        print(new EndLine("end", tally));
        out.flush();
    }

    private void print(Object line) {
        out.println(new String(Json.write(line), StandardCharsets.UTF_8));
    }

    private static StateLine line(CredentialState state) {
        return new StateLine(
                state.getProvider(),
                state.getModelName(),
                state.getBaseUrl(),
                state.getMaskedKey(),
                state.getKeyFingerprint(),
                state.getIsActive(),
                state.getCreatedAt());
    }
}
