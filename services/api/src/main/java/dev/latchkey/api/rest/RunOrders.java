package dev.latchkey.api.rest;

import dev.latchkey.api.credentials.Quotas.Kind;
import dev.latchkey.api.credentials.RunOrder;
import dev.latchkey.api.rest.Prompts.StatusView;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.api.store.Reply;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What a user can order about a run: end it, or go on with what it waits for. The router is asked first where the run stands,
 * and while it is away nothing is ordered: an order that is accepted is one that the run can still obey.
 */
final class RunOrders {
    private static final String ONE = Prompts.PATH + "/{id}";
    private static final Problem NOT_WAITING = Problem.conflict("the run does not wait for approval");
    private static final Problem NOT_PENDING =
            Problem.conflict("the run does not wait for approval of a call with this call_id");

    private final OnceOnly once;
    private final PromptStore store;
    private final Upstream router;

    RunOrders(OnceOnly once, PromptStore store, Upstream router) {
        this.once = once;
        this.store = store;
        this.router = router;
    }

    List<Route> routes() {
        return List.of(
                Route.post(ONE + "/approval", once.handler(Kind.RUN_ORDER, this::decide)),
                Route.post(ONE + "/cancellation", once.bodiless(Kind.RUN_ORDER, this::cancel)));
    }

    private Reply decide(Incoming incoming) {
        var body = incoming.read(DecisionBody.class);
        var order = RunOrder.decision(idOf(incoming), body.isApproved(), body.callId());
        return switch (standing(incoming, order.promptId())) {
            case RunStanding.Waiting(var callIds) -> {
                if (order.callId() != null && !callIds.contains(order.callId())) {
                    throw new ProblemException(NOT_PENDING);
                }
                yield accepted(incoming, order);
            }
            case RunStanding.Unheard _, RunStanding.Underway _, RunStanding.Cancelled _, RunStanding.Ended _ ->
                throw new ProblemException(NOT_WAITING);
        };
    }

    private Reply cancel(Incoming incoming) {
        incoming.read(Nothing.class);
        var order = RunOrder.cancellation(idOf(incoming));
        return switch (standing(incoming, order.promptId())) {
            case RunStanding.Unheard _, RunStanding.Underway _, RunStanding.Waiting _ -> accepted(incoming, order);
            case RunStanding.Cancelled _ -> Answers.ok(view(order));
            case RunStanding.Ended(var status) ->
                throw new ProblemException(Problem.conflict("the run has ended: it is " + status));
        };
    }

    private static UUID idOf(Incoming incoming) {
        return PathId.of(incoming.request()).orElseThrow(() -> new ProblemException(Prompts.UNKNOWN));
    }

    /** Throws the problem that the user should hear when there is no such run, or nobody knows now. */
    private RunStanding standing(Incoming incoming, UUID promptId) {
        var answer = router.get(incoming.request(), Prompts.PATH + "/" + promptId);
        return switch (answer.statusCode()) {
            case 200 -> standing(answer.body());
            case 404 -> unheard(incoming, promptId);
            default -> throw router.away();
        };
    }

    private RunStanding standing(byte[] run) {
        try {
            return RunStanding.of(Json.MAPPER.readTree(run));
        } catch (IOException e) {
            throw router.away();
        }
    }

    private RunStanding unheard(Incoming incoming, UUID promptId) {
        if (!store.isSubmitted(incoming.act().userId(), promptId)) {
            throw new ProblemException(Prompts.UNKNOWN);
        }
        return new RunStanding.Unheard();
    }

    private Reply accepted(Incoming incoming, RunOrder order) {
        var reply = Answers.accepted(Prompts.PATH + "/" + order.promptId(), view(order));
        store.order(incoming.act(), order, (sql, _) -> incoming.ticket().keep(sql, reply));
        return reply;
    }

    private static StatusView view(RunOrder order) {
        return new StatusView(order.promptId(), order.control().name().toLowerCase(Locale.ROOT));
    }
}
