package io.bailiwick.http;

import io.bailiwick.json.DiagnosisJson;
import io.bailiwick.watch.doctor.Doctor;
import io.vertx.ext.web.RoutingContext;

/** The troubleshooting checklist, walked at each asking. */
final class DoctorRoutes {

  private final Doctor doctor;

  DoctorRoutes(Door door) {
    this.doctor = door.doctor();
  }

  void mount(Routes routes) {
    routes.get("/v1/doctor", this::examine);
  }

  private void examine(RoutingContext context) {
    doctor
        .examine()
        .whenComplete(
            (diagnosis, failure) -> {
              if (failure != null) {
                Answers.failure(context, failure);
              } else {
                Answers.json(context, 200, DiagnosisJson.write(diagnosis));
              }
            });
  }
}
