package dev.latchkey.pnl.views;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The newest price of a symbol in one currency, as it was observed.
 *
 * @param asOf when it was true
 * @param source who observed it
 * @param stale whether it is too old to be sure of
 */
public record LastPrice(String quoteCurrency, BigDecimal price, Instant asOf, String source, boolean stale) {}
