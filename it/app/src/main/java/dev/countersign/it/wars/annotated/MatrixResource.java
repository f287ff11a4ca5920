package dev.countersign.it.wars.annotated;

import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Four classes with four methods each, for the table of what stands on which. */
public final class MatrixResource {
    private MatrixResource() {}

    /** Nothing on the class. */
    @Path("/on-nothing")
    public static class OnNothing {
        /** Nothing on the method. */
        @GET
        @Path("/nothing")
        public String nothing() {
            return Calls.marker();
        }

        /** Open. */
        @GET
        @Path("/permit")
        @PermitAll
        public String permit() {
            return Calls.marker();
        }

        /** For one scope. */
        @GET
        @Path("/require")
        @RequireScope("write")
        public String require() {
            return Calls.marker();
        }

        /** For nobody. */
        @GET
        @Path("/deny")
        @DenyAll
        public String deny() {
            return Calls.marker();
        }
    }

    /** Open. */
    @Path("/on-permit")
    @PermitAll
    public static class OnPermit {
        /** Nothing on the method. */
        @GET
        @Path("/nothing")
        public String nothing() {
            return Calls.marker();
        }

        /** Open. */
        @GET
        @Path("/permit")
        @PermitAll
        public String permit() {
            return Calls.marker();
        }

        /** For one scope. */
        @GET
        @Path("/require")
        @RequireScope("write")
        public String require() {
            return Calls.marker();
        }

        /** For nobody. */
        @GET
        @Path("/deny")
        @DenyAll
        public String deny() {
            return Calls.marker();
        }
    }

    /** For one scope. */
    @Path("/on-require")
    @RequireScope("read")
    public static class OnRequire {
        /** Nothing on the method. */
        @GET
        @Path("/nothing")
        public String nothing() {
            return Calls.marker();
        }

        /** Open. */
        @GET
        @Path("/permit")
        @PermitAll
        public String permit() {
            return Calls.marker();
        }

        /** For one scope. */
        @GET
        @Path("/require")
        @RequireScope("write")
        public String require() {
            return Calls.marker();
        }

        /** For nobody. */
        @GET
        @Path("/deny")
        @DenyAll
        public String deny() {
            return Calls.marker();
        }
    }

    /** For nobody. */
    @Path("/on-deny")
    @DenyAll
    public static class OnDeny {
        /** Nothing on the method. */
        @GET
        @Path("/nothing")
        public String nothing() {
            return Calls.marker();
        }

        /** Open. */
        @GET
        @Path("/permit")
        @PermitAll
        public String permit() {
            return Calls.marker();
        }

        /** For one scope. */
        @GET
        @Path("/require")
        @RequireScope("write")
        public String require() {
            return Calls.marker();
        }

        /** For nobody. */
        @GET
        @Path("/deny")
        @DenyAll
        public String deny() {
            return Calls.marker();
        }
    }
}
