package dev.latchkey.agent.credentials;

import dev.latchkey.events.CredentialChanged;
import java.util.List;

/** Hears of every change of a credential, also of old ones when the topic is read again. */
public interface CredentialListener {
    void changed(CredentialChanged change);

    /** Tells each in this order, so that what the first knows is known when the next one acts. */
    static CredentialListener inOrder(CredentialListener... listeners) {
        var all = List.of(listeners);
        return change -> all.forEach(listener -> listener.changed(change));
    }
}
