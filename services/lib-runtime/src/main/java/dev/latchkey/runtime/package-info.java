/** What every service needs to start, to be asked about its health, to know its callers, and to stop. */
@NullMarked
package dev.latchkey.runtime;

import org.jspecify.annotations.NullMarked;
