package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.store.Ticket;
import io.helidon.webserver.http.ServerRequest;

/** A request with a body that was let in, and where its reply is kept. */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record Incoming(ServerRequest request, Act act, byte[] body, Ticket ticket) {
    /** To be called once: the body is overwritten. */
    <T> T read(Class<T> type) {
        return Bodies.parse(body, type);
    }

    Incoming with(Ticket itsTicket) {
        return new Incoming(request, act, body, itsTicket);
    }

    /** Without the body, which may hold a key. */
    @Override
    public String toString() {
        return "Incoming[act=" + act + "]";
    }
}
