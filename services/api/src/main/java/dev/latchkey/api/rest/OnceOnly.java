package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.store.Claim;
import dev.latchkey.api.store.HeldTicket;
import dev.latchkey.api.store.KeyedRequest;
import dev.latchkey.api.store.Reply;
import dev.latchkey.api.store.ReplyStore;
import dev.latchkey.api.store.Ticket;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** Does what a POST asks once, however often it is sent under one idempotency key, and says the same every time. */
final class OnceOnly {
    /** What a POST asks. */
    @FunctionalInterface
    interface Work {
        /** A reply that tells about a change is kept by the request's ticket in the transaction of that change. */
        Reply reply(Incoming incoming);
    }

    private static final HeaderName REPLAYED = HeaderNames.create("Idempotency-Replayed");

    private final Door door;
    private final ReplyStore replies;

    OnceOnly(Door door, ReplyStore replies) {
        this.door = door;
        this.replies = replies;
    }

    Handler handler(Kind kind, Work work) {
        return handler(kind, Bodies::bytes, work);
    }

    /** Of a POST that says everything with its address. */
    Handler bodiless(Kind kind, Work work) {
        return handler(kind, Bodies::bytesIfAny, work);
    }

    private Handler handler(Kind kind, Function<ServerRequest, byte[]> body, Work work) {
        return (request, response) -> {
            var act = door.admit(request, response, kind);
            var key = IdempotencyKey.of(request);
            var incoming = new Incoming(request, act, body.apply(request), Ticket.NONE);
            try {
                var reply = key.isEmpty() ? work.reply(incoming) : once(key.get(), incoming, work, response);
                Answers.send(response, reply);
            } finally {
                Bodies.wipe(incoming.body());
            }
        };
    }

    private Reply once(String key, Incoming incoming, Work work, ServerResponse response) {
        return switch (replies.claim(keyed(key, incoming))) {
            case Claim.Mine(var ticket) -> first(incoming.with(ticket), ticket, work);
            case Claim.Done(var reply) -> {
                response.header(REPLAYED, "true");
                yield reply;
            }
            case Claim.Underway() -> throw new ProblemException(Translation.UNDERWAY);
            case Claim.Another() ->
                throw new ProblemException(Problem.unprocessable("this Idempotency-Key was used for another request"));
        };
    }

    private static Reply first(Incoming incoming, HeldTicket ticket, Work work) {
        try {
            var reply = Translation.of(() -> work.reply(incoming));
            ticket.close(reply);
            return reply;
        } catch (ProblemException e) {
            ticket.close(Answers.of(e.problem()));
            throw e;
        } catch (RuntimeException e) {
            ticket.release();
            throw e;
        }
    }

    private static KeyedRequest keyed(String key, Incoming incoming) {
        var path = incoming.request().path().path();
        return new KeyedRequest(incoming.act().userId(), path, key, incoming.body());
    }
}
