package dev.latchkey.audit.history;

import dev.latchkey.events.CredentialAudited;

/** Who a replay is for. Hears the changes and findings while they are read, then every user, then the tally. */
public interface Audience {
    void change(CredentialAudited change);

    void finding(Finding finding);

    void holdings(Holdings holdings);

    void end(Tally tally);
}
