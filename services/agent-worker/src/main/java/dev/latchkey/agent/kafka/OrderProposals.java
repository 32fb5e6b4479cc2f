package dev.latchkey.agent.kafka;

import dev.latchkey.agent.tools.Proposals;
import dev.latchkey.events.OrderProposed;
import java.nio.charset.StandardCharsets;

/** Proposed orders on their topic, in the order of their user. */
public final class OrderProposals implements Proposals {
    private final Outlet<OrderProposed> outlet;

    public OrderProposals(Outlet<OrderProposed> outlet) {
        this.outlet = outlet;
    }

    /** Without a broker there would be no result either, so it is waited for. */
    @Override
    public void publish(OrderProposed order) throws InterruptedException {
        outlet.put(order.getUserId().toString().getBytes(StandardCharsets.UTF_8), order);
    }
}
