package dev.latchkey.audit.history;

import dev.latchkey.audit.Chaining;
import dev.latchkey.events.CredentialAudited;
import java.util.ArrayList;
import java.util.List;

/** An audience that remembers what it was told, the changes without their hashes. */
public final class Recording implements Audience {
    private final List<CredentialAudited> changes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Holdings> holdings = new ArrayList<>();

    /** Of entries that are chained as they come. */
    public static Recording of(Scope scope, List<Entry> entries) {
        return of(scope, Chaining.of(entries)::forEach);
    }

    public static Recording of(Scope scope, History history) {
        var recording = new Recording();
        Replay.run(history, scope, recording);
        return recording;
    }

    @Override
    public void change(CredentialAudited change) {
        changes.add(Chaining.undone(change));
    }

    @Override
    public void finding(Finding finding) {
        findings.add(finding);
    }

    @Override
    public void holdings(Holdings told) {
        holdings.add(told);
    }

    @Override
    public void end(Tally tally) {}

    public List<CredentialAudited> changes() {
        return changes;
    }

    public List<Finding> findings() {
        return findings;
    }

    public List<Holdings> holdings() {
        return holdings;
    }
}
