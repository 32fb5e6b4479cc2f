package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialAudited;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Goes through a history once, checks its chains and tells its audience what it says. Remembers users, not changes. */
public final class Replay {
    private final Scope scope;
    private final Audience audience;
    private final Map<UUID, UserHistory> users = new TreeMap<>();
    private long changes;
    private long later;
    private long faults;

    private Replay(Scope scope, Audience audience) {
        this.scope = scope;
        this.audience = audience;
    }

    public static Tally run(History history, Scope scope, Audience audience) {
        var replay = new Replay(scope, audience);
        history.tell(replay::hear);
        return replay.end();
    }

    private void hear(Entry entry) {
        switch (entry) {
            case Entry.Change change when scope.concerns(change) -> follow(change);
            case Entry.Change _ -> {}
            case Entry.Unreadable unreadable -> report(new Finding.Unreadable(unreadable.place(), unreadable.reason()));
        }
    }

    private void follow(Entry.Change change) {
        var event = change.event();
        if (!event.getUserId().toString().equals(change.key())) {
            report(new Finding.Misfiled(change.place(), event.getUserId(), change.key()));
            return;
        }
        var user = users.computeIfAbsent(event.getUserId(), UserHistory::new);
        var findings = user.advance(change.place(), event);
        if (user.isPast(event.getSequence(), !scope.reaches(event.getOccurredAt()))) {
            later++;
        } else {
            tell(user, event);
        }
        findings.forEach(this::report);
    }

    private void tell(UserHistory user, CredentialAudited event) {
        changes++;
        user.apply(event);
        audience.change(event);
    }

    private void report(Finding finding) {
        faults++;
        audience.finding(finding);
    }

    private Tally end() {
        long present = 0;
        long credentials = 0;
        for (var user : users.values()) {
            if (user.hasChanges()) {
                var holdings = user.holdings();
                present++;
                credentials += holdings.credentials().size();
                audience.holdings(holdings);
            }
        }
        var tally = new Tally(changes, later, present, credentials, faults);
        audience.end(tally);
        return tally;
    }
}
