/** How somebody outside talks to the system: over REST, and over its topics. */
@NullMarked
package dev.latchkey.embedded.client;

import org.jspecify.annotations.NullMarked;
