package dev.latchkey.embedded.process;

import java.util.List;

/** What a Java program may take of its machine. */
public enum Sizing {
    /** One of many on a machine where others work: little memory, and ready soon rather than fast later. */
    SHARED {
        @Override
        List<String> options(int megabytes) {
            return List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        }
    },
    /** As it is deployed: memory to spare, and compiled for speed. */
    DEPLOYED {
        @Override
        List<String> options(int megabytes) {
            return List.of("-Xmx" + 4 * megabytes + "m");
        }
    };

    /** Options of the Java launcher for a program that needs so much memory to live. */
    abstract List<String> options(int megabytes);
}
