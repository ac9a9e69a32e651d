package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;

final class SharedNumberTest {
  @Test
  void readsAddressesAsTheKernelPrintsThem() {
    assertEquals(Endpoint.parse("127.0.0.1:8080"), SharedNumber.endpoint("0100007F:1F90"));
    assertEquals(Endpoint.parse("0.0.0.0:9"), SharedNumber.endpoint("00000000:0009"));
    assertEquals(
        Endpoint.parse("[2001:db8::1:2]:65535"),
        SharedNumber.endpoint("B80D0120000000000000000002000100:FFFF"));
  }
}
