package dev.latchkey.pnl.vectors;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;

/** What was published, in the terms of the vectors. */
record OurFigures(PnlUpdated pnl, List<PositionClosed> closings, BigDecimal rate) {
    private static final MathContext MANY_DIGITS = new MathContext(50);

    /** A field of a case's expectations, by the case's convention. */
    BigDecimal expectedField(String field, String convention) {
        return switch (field) {
            case "realized" -> own(realized(convention));
            case "unrealized" -> own(unrealized(convention));
            case "avgCost" -> convention.equals("NET_IN_BASIS") ? own("avgCostWithFees") : own("avgCost");
            default -> own(field);
        };
    }

    /** A field in our own conventions. */
    BigDecimal own(String field) {
        return switch (field) {
            case "positionQty" -> pnl.getPositionQty();
            case "avgCost" -> orZero(pnl.getAvgCost());
            case "avgCostWithFees" -> avgCostWithFees();
            case "realizedGross" -> pnl.getRealizedGross().multiply(rate);
            case "fees" -> pnl.getFees().multiply(rate);
            case "realizedNet" -> pnl.getRealizedNet().multiply(rate);
            case "realizedInBasis" ->
                pnl.getRealizedNet().add(pnl.getOpenFees()).multiply(rate);
            case "openFees" -> pnl.getOpenFees().multiply(rate);
            case "cashFlow" -> pnl.getCashFlow();
            case "mark" -> pnl.getMark();
            case "unrealizedGross" -> pnl.getUnrealizedGross().multiply(rate);
            case "unrealizedInBasis" ->
                pnl.getUnrealizedGross().subtract(pnl.getOpenFees()).multiply(rate);
            case "totalNet" ->
                pnl.getRealizedNet().add(pnl.getUnrealizedGross()).multiply(rate);
            case "marketValue" -> pnl.getMarketValue();
            case "positionCost" ->
                pnl.getMarketValue().subtract(pnl.getUnrealizedGross()).abs();
            case "closedCost" ->
                closings.stream().map(PositionClosed::getCostBasis).reduce(BigDecimal.ZERO, BigDecimal::add);
            default -> throw new IllegalArgumentException("nobody knows the field " + field);
        };
    }

    private static String realized(String convention) {
        return switch (convention) {
            case "GROSS" -> "realizedGross";
            case "NET_EXPENSED" -> "realizedNet";
            case "NET_IN_BASIS", "NET_IN_BASIS_RAW_AVG" -> "realizedInBasis";
            default -> throw new IllegalArgumentException("nobody knows the convention " + convention);
        };
    }

    private static String unrealized(String convention) {
        return switch (convention) {
            case "GROSS", "NET_EXPENSED" -> "unrealizedGross";
            case "NET_IN_BASIS", "NET_IN_BASIS_RAW_AVG" -> "unrealizedInBasis";
            default -> throw new IllegalArgumentException("nobody knows the convention " + convention);
        };
    }

    private BigDecimal avgCostWithFees() {
        return pnl.getPositionQty().signum() == 0
                ? BigDecimal.ZERO
                : pnl.getAvgCost().add(pnl.getOpenFees().divide(pnl.getPositionQty(), MANY_DIGITS));
    }

    private static BigDecimal orZero(BigDecimal value) {
        return Objects.requireNonNullElse(value, BigDecimal.ZERO);
    }
}
