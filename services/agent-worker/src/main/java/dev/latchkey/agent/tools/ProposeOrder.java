package dev.latchkey.agent.tools;

import dev.latchkey.agent.answering.Tool;
import dev.latchkey.agent.answering.ToolOffer;
import dev.latchkey.events.OrderProposed;
import dev.latchkey.events.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Proposes an order for the user. Nothing is traded by it. */
public final class ProposeOrder implements Tool {
    public static final String NAME = "propose_order";

    private static final String SIDE = "side";
    private static final String QUANTITY = "quantity";
    private static final String LIMIT_PRICE = "limit_price";
    private static final String ALGORITHM = "algorithm";
    private static final String BY_HAND = "-";
    private static final int SCALE = 18;
    private static final ToolOffer OFFER = new ToolOffer(
            NAME,
            "Proposes an order for the user. It is not traded: the user and the limits of the system decide about it.",
            List.of(
                    Arguments.symbol(),
                    new ToolOffer.Parameter(SIDE, "Whether to buy or to sell.", true, List.of("buy", "sell")),
                    decimal(QUANTITY, "How much of the symbol, such as 0.25."),
                    decimal(LIMIT_PRICE, "The price at most when buying, at least when selling, such as 64000.50."),
                    new ToolOffer.Parameter(ALGORITHM, "The algorithm that proposes, if any.", false, List.of())));

    private final Proposals proposals;
    private final InstantSource clock;

    public ProposeOrder(Proposals proposals, InstantSource clock) {
        this.proposals = proposals;
        this.clock = clock;
    }

    @Override
    public ToolOffer offer() {
        return OFFER;
    }

    @Override
    public Optional<String> objection(Map<String, String> arguments) {
        return Stream.of(
                        Arguments.objectionToName(Arguments.SYMBOL, arguments),
                        Arguments.objectionToDecimal(QUANTITY, arguments),
                        Arguments.objectionToDecimal(LIMIT_PRICE, arguments),
                        Arguments.objectionToName(ALGORITHM, arguments),
                        objectionToAlgorithm(arguments))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public String use(Use use) throws InterruptedException {
        var order = order(use);
        proposals.publish(order);
        return "{\"order_id\":\"" + order.getOrderId() + "\",\"status\":\"proposed, not traded\"}";
    }

    private OrderProposed order(Use use) {
        var arguments = use.arguments();
        return OrderProposed.newBuilder()
                .setOrderId(orderId(use))
                .setUserId(use.userId())
                .setAlgorithmId(arguments.get(ALGORITHM))
                .setPromptId(use.promptId())
                .setSymbol(argument(Arguments.SYMBOL, use))
                .setSide(Side.valueOf(argument(SIDE, use).toUpperCase(Locale.ROOT)))
                .setQuantity(new BigDecimal(argument(QUANTITY, use)).setScale(SCALE))
                .setLimitPrice(new BigDecimal(argument(LIMIT_PRICE, use)).setScale(SCALE))
                .setProposedAt(clock.instant())
                .build();
    }

    /** The same for the same call, whoever makes it again. Two users may have prompts of the same id. */
    private static UUID orderId(Use use) {
        var name = use.userId() + "/" + use.promptId() + "/" + use.callId();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String argument(String name, Use use) {
        return Optional.ofNullable(use.arguments().get(name)).orElseThrow();
    }

    /** What trades by hand go by. */
    private static Optional<String> objectionToAlgorithm(Map<String, String> arguments) {
        return BY_HAND.equals(arguments.get(ALGORITHM))
                ? Optional.of(ALGORITHM + " is left out for an order of no algorithm.")
                : Optional.empty();
    }

    private static ToolOffer.Parameter decimal(String name, String description) {
        return new ToolOffer.Parameter(name, description + " A decimal number as text.", true, List.of());
    }
}
