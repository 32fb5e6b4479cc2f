package dev.latchkey.pnl.views;

import dev.latchkey.events.PnlUpdated;
import java.net.URI;
import java.util.List;

/** What came of a question about a user's books. */
public sealed interface Lookup {
    /** This instance has the user's books: every figure that it published last, none for a user without trades. */
    record Found(List<PnlUpdated> figures) implements Lookup {
        public Found {
            figures = List.copyOf(figures);
        }
    }

    /** Another instance has the user's books. */
    record Elsewhere(URI instance) implements Lookup {}

    /** Nobody can tell now: the books are moving between instances. */
    record Unsettled() implements Lookup {}
}
