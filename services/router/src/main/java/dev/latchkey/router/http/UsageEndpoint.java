package dev.latchkey.router.http;

import dev.latchkey.router.usage.Period;
import dev.latchkey.router.views.Views;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Peers;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a user's prompts took: {@code ?from=2026-11-01&to=2026-11-30}, days in UTC, today when nothing is asked for. */
public final class UsageEndpoint {
    private static final Problem NO_USAGE = Problem.notFound("no usage");

    private final Views views;
    private final Bearer bearer;
    private final Peers peers;
    private final InstantSource clock;

    public UsageEndpoint(Views views, Bearer bearer, Peers peers, InstantSource clock) {
        this.views = views;
        this.bearer = bearer;
        this.peers = peers;
        this.clock = clock;
    }

    public void register(HttpRouting.Builder routes) {
        routes.get("/api/v1/users/me/usage", this::usage);
    }

    private void usage(ServerRequest request, ServerResponse response) {
        var userId = bearer.userOf(request);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var usage = views.usage(userId, period(request, today), today);
        new Exchange(peers, request, response).send(usage, UsageBody::of, NO_USAGE);
    }

    private static Period period(ServerRequest request, LocalDate today) {
        var to = day(request, "to", today);
        try {
            return new Period(day(request, "from", to), to);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badRequest(String.valueOf(e.getMessage())));
        }
    }

    private static LocalDate day(ServerRequest request, String name, LocalDate otherwise) {
        try {
            return request.query().first(name).map(LocalDate::parse).orElse(otherwise);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.badRequest(name + " is a day such as 2026-11-26"));
        }
    }
}
