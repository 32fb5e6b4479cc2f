package dev.latchkey.api.store;

/** A request took longer than its ticket holds, and the same request, sent again, has taken its place. */
public final class TicketLost extends RuntimeException {
    TicketLost() {
        super("the same request is being done again");
    }
}
