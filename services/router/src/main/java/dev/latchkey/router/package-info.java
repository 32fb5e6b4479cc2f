/** Routes prompts to models and ends every run: the service, from settings to a clean stop. */
@NullMarked
package dev.latchkey.router;

import org.jspecify.annotations.NullMarked;
