/** Answers questions from the stores of the running topology. */
@NullMarked
package dev.latchkey.router.queries;

import org.jspecify.annotations.NullMarked;
