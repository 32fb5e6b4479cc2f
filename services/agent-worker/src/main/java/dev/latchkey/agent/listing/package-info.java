/** Keys are checked by having their provider list its models. */
@NullMarked
package dev.latchkey.agent.listing;

import org.jspecify.annotations.NullMarked;
