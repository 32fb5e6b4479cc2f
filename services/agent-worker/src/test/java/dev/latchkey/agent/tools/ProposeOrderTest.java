package dev.latchkey.agent.tools;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.answering.Tool;
import dev.latchkey.agent.answering.ToolOffer;
import dev.latchkey.events.OrderProposed;
import dev.latchkey.events.Side;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProposeOrderTest {
    private static final Map<String, String> ORDER =
            Map.of("symbol", "BTC-USD", "side", "buy", "quantity", "0.000000000000000001", "limit_price", "64000.5");
    /** Of the bytes of Ada's id, her prompt's and the call's, with slashes between them. */
    private static final UUID ORDER_ID = UUID.fromString("cd6bbf3e-12e5-3919-9511-334c442e6267");

    private final List<OrderProposed> orders = new ArrayList<>();
    private final ProposeOrder tool = new ProposeOrder(orders::add, InstantSource.fixed(NOW));

    @Test
    void publishesTheOrderToTheLastDigitAndTellsItsId() throws Exception {
        var told = tool.use(new Tool.Use(ADA, PROMPT, "c1", ORDER));

        assertThat(orders)
                .containsExactly(new OrderProposed(
                        ORDER_ID,
                        ADA,
                        null,
                        PROMPT,
                        "BTC-USD",
                        Side.BUY,
                        new BigDecimal("0.000000000000000001"),
                        new BigDecimal("64000.500000000000000000"),
                        NOW));
        assertThat(told).isEqualTo("{\"order_id\":\"" + ORDER_ID + "\",\"status\":\"proposed, not traded\"}");
    }

    @Test
    void namesTheAlgorithmAndTheOtherSide() throws Exception {
        var arguments = new HashMap<>(ORDER);
        arguments.put("side", "sell");
        arguments.put("algorithm", "alpha");

        tool.use(new Tool.Use(ADA, PROMPT, "c1", arguments));

        assertThat(orders)
                .singleElement()
                .returns(Side.SELL, OrderProposed::getSide)
                .returns("alpha", OrderProposed::getAlgorithmId);
    }

    @Test
    void isTheSameEventForTheSameCallAndAnotherOneForEveryOther() throws Exception {
        for (var use : List.of(
                new Tool.Use(ADA, PROMPT, "c1", ORDER),
                new Tool.Use(ADA, PROMPT, "c1", ORDER),
                new Tool.Use(ADA, PROMPT, "c2", ORDER),
                new Tool.Use(ADA, new UUID(1, 1), "c1", ORDER),
                new Tool.Use(BOB, PROMPT, "c1", ORDER))) {
            tool.use(use);
        }

        assertThat(orders.get(1)).isEqualTo(orders.get(0));
        assertThat(orders.stream().map(OrderProposed::getOrderId).distinct()).hasSize(4);
    }

    @Test
    void saysWhatItNeeds() {
        assertThat(tool.offer().parameters())
                .extracting(ToolOffer.Parameter::name, ToolOffer.Parameter::required, ToolOffer.Parameter::choices)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"symbol\", true, [])",
                        "(\"side\", true, [\"buy\", \"sell\"])",
                        "(\"quantity\", true, [])",
                        "(\"limit_price\", true, [])",
                        "(\"algorithm\", false, [])");
        assertThat(objection("side", "buy")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0.5", "007", "1000000000000000", "0.123456789012345678", "1000000000000000.000"})
    void takesDecimalsAsTheBooksDo(String text) {
        assertThat(objection("quantity", text)).isEmpty();
        assertThat(objection("limit_price", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "0",
                "0.0",
                "-1",
                "+1",
                "1e3",
                "1E3",
                "1,5",
                "1.",
                ".5",
                "0.1234567890123456789",
                "NaN",
                "١",
                "1000000000000000.1",
                "99999999999999999999999",
                "one",
                "1/2",
                "0x10"
            })
    void objectsToEveryOtherNumber(String text) {
        var rule =
                " is a decimal number above zero and at most 10^15, in digits, with at most 18 of them after the point.";

        assertThat(objection("quantity", text)).contains("quantity" + rule);
        assertThat(objection("limit_price", text)).contains("limit_price" + rule);
    }

    @ParameterizedTest
    @CsvSource({
        "symbol, 'a|b', 'symbol is a name of at most 100 characters, without | and control characters.'",
        "algorithm, ' ', 'algorithm is a name of at most 100 characters, without | and control characters.'",
        "algorithm, -, 'algorithm is left out for an order of no algorithm.'"
    })
    void objectsToNamesThatTheBooksDoNotTake(String argument, String value, String objection) {
        assertThat(objection(argument, value)).contains(objection);
    }

    private Optional<String> objection(String argument, String value) {
        var arguments = new HashMap<>(ORDER);
        arguments.put(argument, value);
        return tool.objection(arguments);
    }
}
