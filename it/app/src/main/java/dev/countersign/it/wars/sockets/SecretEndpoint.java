package dev.countersign.it.wars.sockets;

import dev.countersign.it.wars.counted.Calls;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Tells the marker to whoever is let in. */
@ServerEndpoint("/socket")
public class SecretEndpoint {
    /** The marker. */
    @OnOpen
    public void open(Session session) throws IOException {
        session.getBasicRemote().sendText(Calls.marker());
    }
}
