import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const argocdGuide: Guide = {
  // Argo's octopus, from Simple Icons (CC0).
  icon: {
    path: "M12.581 0c.436.037.871.1 1.299.186 1.679.383 3.121 1.213 4.382 2.365 1.161 1.06 1.917 2.372 2.335 3.881.089.321.216.56.586.624.205.035.238.245.239.43.003.646.002 1.294.002 1.94l-.002 1.21c-.001.356-.116.479-.466.474-.211-.003-.293.119-.344.291-.146.489-.33.966-.552 1.426-.818 1.682-2.084 2.938-3.688 3.87-.077.045-.155.088-.233.131-.252.137-.258.146-.155.415.114.299.358.529.664.625.269.096.553.134.827.21a.672.672 0 0 1 .236.094c-.066.082-.156.067-.231.082-.36.073-.713.184-1.086.17a1.275 1.275 0 0 1-.438-.064c-.114-.045-.152-.006-.176.109a5.354 5.354 0 0 0-.084.92c-.015.617-.071 1.23-.112 1.844-.042.598-.018.651.558.842.281.094.563.187.842.286.069.024.15.038.192.117-.04.057-.098.035-.146.035-.493.003-.985.005-1.478.001-.524-.005-.806-.282-.845-.803-.055-.762-.12-1.524-.182-2.286a.947.947 0 0 0-.026-.12c-.079.455-.065.879-.084 1.298-.023.528-.008 1.057-.007 1.584 0 .27.086.388.335.483.359.135.711.295 1.114.262.141-.012.276.062.402.129.032.017.073.033.069.073-.004.043-.049.047-.084.045-.657-.019-1.317.065-1.972-.028-.323-.046-.533-.236-.631-.552-.094-.303-.114-.617-.137-.93-.046-.626-.078-1.253-.116-1.88a.222.222 0 0 0-.061-.171.282.282 0 0 0-.031.193c-.002.956-.002 1.911-.001 2.866 0 .388.123.575.494.708.481.172.976.298 1.47.423.11.028.225.047.242.192h-1.852c-.051-.01-.103-.022-.155-.03-.701-.1-1.001-.372-1.143-1.042l-.067-.331-.226-1.103c-.069.12-.118.25-.144.386-.083.399-.151.802-.243 1.2-.113.493-.444.763-.932.857l-.33.063H8.558c.057-.171.216-.185.355-.221.476-.127.96-.223 1.417-.409a.603.603 0 0 0 .397-.521c.058-.435.002-.865-.013-1.296a1.528 1.528 0 0 0-.078-.315.405.405 0 0 0-.071.207c-.026.296-.049.591-.075.886-.038.432-.273.716-.679.81a1.702 1.702 0 0 1-.37.045c-.557.003-1.115-.001-1.673-.005-.048 0-.109.019-.148-.065.178-.103.377-.168.582-.187a5.67 5.67 0 0 0 .939-.193c.42-.114.522-.249.512-.687-.023-.931-.091-1.86-.069-2.791.004-.184.001-.368.001-.551a2.387 2.387 0 0 0-.05.385 40.299 40.299 0 0 1-.186 2.623c-.052.513-.296.748-.804.805-.446.051-.889.002-1.332-.02-.108-.006-.234.012-.339-.064.043-.066.106-.07.16-.087.362-.115.725-.224 1.086-.344.246-.081.35-.235.355-.492a2.241 2.241 0 0 0-.003-.232 45.315 45.315 0 0 1-.105-2.149 5.487 5.487 0 0 0-.035-.478c-.024-.188-.131-.287-.295-.258-.505.092-.99-.006-1.473-.139-.059-.016-.134-.007-.178-.088a.986.986 0 0 1 .285-.09c.255-.052.507-.121.753-.208.312-.112.564-.347.695-.651.089-.203.056-.317-.112-.398-1.418-.683-2.512-1.73-3.391-3.017a8.152 8.152 0 0 1-1.123-2.447c-.067-.246-.156-.3-.383-.26-.306.053-.401.006-.535-.273v-3.49c.144-.303.205-.341.534-.329.235.01.247-.004.309-.242.396-1.508 1.082-2.861 2.171-3.988C6.9 1.42 8.523.631 10.34.203c.456-.108.922-.15 1.387-.203h.854Zm7.974 8.948a7.34 7.34 0 0 0-.048-.938 8.353 8.353 0 0 0-.099-.65c-.598-2.964-2.344-5.02-5.051-6.268-1.553-.715-3.21-.835-4.878-.511-3.248.633-5.396 2.583-6.539 5.652-.436 1.173-.495 2.406-.37 3.65.087.935.339 1.846.745 2.694.585 1.213 1.444 2.207 2.477 3.058.343.286.719.528 1.121.719.235.111.247.105.245-.146.006-.16.003-.32-.009-.48-.125-1.02-.142-2.045-.169-3.069a.392.392 0 0 0-.184-.353c-.385-.268-.713-.592-.921-1.019-.474-.97-.372-2.361.813-3.215.136-.097.217-.19.198-.373a1.724 1.724 0 0 1 .031-.442c.177-1.187.748-2.138 1.722-2.84.68-.492 1.442-.772 2.286-.782.483-.007.953.11 1.414.244 1.609.467 2.846 2.07 2.845 3.697a.64.64 0 0 0 .268.565c.463.371.821.83.943 1.426.22 1.077-.083 1.982-.979 2.634-.266.194-.347.406-.333.698.002.047 0 .095-.002.142l-.062 1.439c-.025.586-.138 1.165-.117 1.754.008.223.006.226.201.128a7.46 7.46 0 0 0 2.393-1.903c1.32-1.577 2.074-3.372 2.059-5.511ZM9.117 12.102c1.489.021 2.443-1.578 1.716-2.879a1.937 1.937 0 0 0-1.699-.991c-1.094-.004-1.954.822-1.958 1.881-.005 1.148.813 1.985 1.941 1.989Zm5.794 0c1.101.002 1.935-.823 1.935-1.917 0-1.091-.846-1.949-1.92-1.947-1.064.003-1.94.866-1.943 1.915-.003 1.105.831 1.948 1.928 1.949Zm-1.472 1.937c-.208.128-.407.277-.63.384-.536.257-1.063.257-1.579-.048-.158-.094-.308-.201-.464-.298-.047-.028-.092-.103-.15-.062-.044.03-.01.1-.001.151.037.179.064.362.082.544.027.565.293.992.742 1.31a.984.984 0 0 0 .791.186c.565-.119 1.025-.614 1.124-1.218.043-.266.005-.544.109-.803a.133.133 0 0 0-.024-.146Zm-8.78-4.92c-.012-1.102.143-2.055.54-2.961.633-1.443 1.642-2.553 2.98-3.374a.378.378 0 0 1 .459.067c.06.06.036.118.01.178a1.09 1.09 0 0 1-.48.51c-1.079.639-1.829 1.571-2.357 2.688a6.325 6.325 0 0 0-.618 2.986c.055 1.309.439 2.516 1.213 3.588.088.104.148.23.173.365.01.08.059.168-.031.228a.312.312 0 0 1-.288.041.502.502 0 0 1-.234-.185c-.72-.979-1.193-2.056-1.331-3.273-.036-.326-.004-.653-.036-.858ZM8.94 2.34a.373.373 0 0 1 .378-.382c.211.001.409.226.416.473.004.138-.309.39-.476.386-.189-.005-.318-.2-.318-.477Zm-.465 7.48a.609.609 0 0 1 .586-.631c.38-.003.671.271.675.633.004.356-.27.622-.639.621-.38-.002-.621-.241-.622-.623Zm6.496.623c-.381-.002-.625-.255-.621-.646a.635.635 0 0 1 .596-.613.656.656 0 0 1 .669.643c.001.354-.275.618-.644.616Z",
  },
  steps: argocdSteps,
};

function argocdSteps(given: Given): Step[] {
  return [
    ...(given.auth === "path" ? [] : [secretStep(given)]),
    {
      text: "Add this to the ConfigMap argocd-notifications-cm of Argo CD's namespace and apply it:",
      code: configMap(given),
    },
    {
      text: "Every application is subscribed. To begin with some, leave the subscriptions out and annotate those:",
      code: 'kubectl -n argocd annotate application NAME notifications.argoproj.io/subscribe.pushline.pushline=""',
    },
    {
      text: "Say which service and environment an application is, where its name and cluster do not:",
      code: "kubectl -n argocd label application NAME service=checkout environment=production",
    },
  ];
}

function secretStep({ secret }: Given): Step {
  return {
    text: "Keep the secret where notifications look for it:",
    code: `kubectl -n argocd patch secret argocd-notifications-secret --type merge -p '{"stringData":{"pushline-secret":"${secret}"}}'`,
  };
}

function configMap(given: Given): string {
  return [
    "apiVersion: v1",
    "kind: ConfigMap",
    "metadata:",
    "  name: argocd-notifications-cm",
    "  namespace: argocd",
    "data:",
    "  service.webhook.pushline: |",
    `    url: "${addressToPaste(given)}"`,
    ...proofOf(given).map((line) => `    ${line}`),
    "  template.pushline: |",
    "    webhook:",
    "      pushline:",
    "        method: POST",
    "        body: |",
    ...body.map((line) => `          ${line}`),
    "  trigger.pushline: |",
    ...moments.flatMap((when) => [
      `    - when: app.status.operationState != nil and ${when}`,
      "      oncePer: app.status.operationState.startedAt",
      "      send: [pushline]",
    ]),
    "  subscriptions: |",
    "    - recipients: [pushline]",
    "      triggers: [pushline]",
  ].join("\n");
}

/** Once per sync, not per revision: a rollback syncs a revision that was told before. */
const moments = [
  "app.status.operationState.phase in ['Running']",
  "app.status.operationState.phase in ['Error', 'Failed']",
  "app.status.operationState.phase in ['Succeeded'] and app.status.health.status in ['Healthy', 'Degraded']",
];

/** The parts of the Application that are read; whole ones, since a template stops at what is missing. */
const body = [
  "{",
  '  "app": {',
  '    "metadata": {',
  '      "name": {{toJson .app.metadata.name}},',
  '      "namespace": {{toJson .app.metadata.namespace}},',
  '      "uid": {{toJson .app.metadata.uid}},',
  '      "labels": {{toJson .app.metadata.labels}}',
  "    },",
  '    "spec": { "destination": {{toJson .app.spec.destination}} },',
  '    "status": {',
  '      "health": {{toJson .app.status.health}},',
  '      "history": {{toJson .app.status.history}},',
  '      "operationState": {{toJson .app.status.operationState}},',
  '      "summary": {{toJson .app.status.summary}}',
  "    }",
  "  },",
  '  "context": {{toJson .context}}',
  "}",
];

function proofOf({ auth, username, header }: Given): string[] {
  const type = ["  - name: Content-Type", "    value: application/json"];
  switch (auth) {
    case "bearer":
      return ["headers:", ...type, "  - name: Authorization", "    value: Bearer $pushline-secret"];
    case "header":
      return ["headers:", ...type, `  - name: ${header}`, "    value: $pushline-secret"];
    case "basic":
      return [
        "headers:",
        ...type,
        "basicAuth:",
        `  username: "${username}"`,
        "  password: $pushline-secret",
      ];
    case "path":
    case "signature":
      return ["headers:", ...type];
  }
}
