/** What models write as JSON. */
@NullMarked
package dev.latchkey.agent.json;

import org.jspecify.annotations.NullMarked;
