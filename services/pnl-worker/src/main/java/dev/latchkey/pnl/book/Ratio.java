package dev.latchkey.pnl.book;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact number: a fraction in lowest terms. Averages and shares of fees have no end as decimals, so that nothing
 * between an event and a result is rounded.
 */
public record Ratio(BigInteger numerator, BigInteger denominator) implements Comparable<Ratio> {
    public static final Ratio ZERO = new Ratio(BigInteger.ZERO, BigInteger.ONE);
    public static final Ratio ONE = new Ratio(BigInteger.ONE, BigInteger.ONE);

    /** Decimals of everything that leaves the books. */
    public static final int SCALE = 18;

    private static final int LONGEST_DENOMINATOR_BITS = 2048;
    private static final int SCALE_OF_THE_LONGEST = 600;

    public Ratio {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("a ratio has a denominator other than zero");
        }
        var common = numerator.gcd(denominator).multiply(BigInteger.valueOf(denominator.signum()));
        numerator = numerator.divide(common);
        denominator = denominator.divide(common);
    }

    public static Ratio of(BigDecimal value) {
        return value.scale() > 0
                ? new Ratio(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
                : new Ratio(value.toBigIntegerExact(), BigInteger.ONE);
    }

    public Ratio plus(Ratio other) {
        return new Ratio(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Ratio minus(Ratio other) {
        return plus(other.negated());
    }

    public Ratio times(Ratio other) {
        return new Ratio(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    public Ratio over(Ratio other) {
        return new Ratio(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Ratio negated() {
        return new Ratio(numerator.negate(), denominator);
    }

    public Ratio magnitude() {
        return new Ratio(numerator.abs(), denominator);
    }

    public int signum() {
        return numerator.signum();
    }

    public boolean isZero() {
        return signum() == 0;
    }

    /** As a decimal of 18 places, rounded half to even. */
    public BigDecimal rounded() {
        return rounded(SCALE);
    }

    /**
     * This number, or one that differs from it by less than 10^-600 when its denominator has grown beyond 2048 bits.
     * Only an average that is bought into and sold from many hundreds of times without ever being flat gets there; the
     * bound keeps its state and its cost per fill constant, 582 digits away from the last one that is published.
     */
    Ratio bounded() {
        return denominator.bitLength() <= LONGEST_DENOMINATOR_BITS ? this : of(rounded(SCALE_OF_THE_LONGEST));
    }

    @Override
    public int compareTo(Ratio other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    private BigDecimal rounded(int scale) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), scale, RoundingMode.HALF_EVEN);
    }
}
