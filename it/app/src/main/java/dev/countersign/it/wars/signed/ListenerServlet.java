package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Gives back what it is told of without ever waiting for it. */
@WebServlet(urlPatterns = "/listener", asyncSupported = true)
@Authenticated(schemes = "digest")
public class ListenerServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext later = request.startAsync();
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                byte[] buffer = new byte[1_000];
                while (in.isReady()) {
                    int count = in.read(buffer);
                    if (count < 0) {
                        return;
                    }
                    all.write(buffer, 0, count);
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                response.setContentType("application/octet-stream");
                response.getOutputStream().write(all.toByteArray());
                later.complete();
            }

            @Override
            public void onError(Throwable e) {
                later.complete();
            }
        });
    }
}
