/** An endpoint of Jakarta WebSocket, which a container may answer in front of every filter. */
@NullMarked
package dev.countersign.it.wars.sockets;

import org.jspecify.annotations.NullMarked;
