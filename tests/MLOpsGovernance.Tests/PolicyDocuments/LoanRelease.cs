using System.Text;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Tests.PolicyDocuments;

/// <summary>A small but complete policy set about releasing a loan model, shared by the tests of policy documents.</summary>
internal static class LoanRelease
{
    public const string Schema = """
        apiVersion: governance.mlops/v1
        kind: FactSchema
        metadata: {name: release-facts, version: 1.0.0}
        spec:
          defaults: {maxItems: 100, maxLength: 128}
          types:
            Model: {fields: {id: {type: string}, version: {type: string}, riskClass: {type: string, enum: [minimal, limited, high]}, authors: {type: list(string), maxItems: 20}}}
            Release: {fields: {action: {type: string}, environment: {type: string}, requestedBy: {type: string}, artifactDigest: {type: string}}}
            Approval:
              fields: {actor: {type: string}, actorType: {type: string, enum: [human, service]}, role: {type: string}, outcome: {type: string, enum: [approved, rejected]},
                revoked: {type: bool}, artifactDigest: {type: string}, at: {type: timestamp}}
            Lineage: {fields: {complete: {type: bool}}}
            Dataset: {fields: {id: {type: string}, version: {type: string}, lineage: {type: Lineage}}}
            Drift: {fields: {metrics: {type: list(string), maxItems: 50}, lastEvaluatedAt: {type: timestamp, optional: true}}}
            Monitoring: {fields: {drift: {type: Drift, optional: true}}}
          facts:
            model: {type: Model}
            release: {type: Release}
            approvals: {type: list(Approval), maxItems: 20}
            datasets: {type: list(Dataset), maxItems: 50}
            monitoring: {type: Monitoring}
            unused: {type: dyn}
        """;

    public const string Policy = """
        apiVersion: governance.mlops/v1
        kind: Policy
        metadata: {name: loan-release, version: 1.2.0, title: Loan models need a second person and live monitoring, owner: "group:compliance", severity: critical}
        spec:
          match:
            actions: [deploy, promote]
            environments: [staging, production]
            conditions: [{name: high-risk, expression: model.riskClass == 'high'}]
          failurePolicy: Fail
          enforcement: {default: advisory, environments: {production: mandatory}}
          parameters:
            roles:       {type: list(string), default: [risk-officer, validator], maxItems: 10}
            approvers:   {type: int, default: 1, minimum: 1, maximum: 10}
            approvalAge: {type: duration, default: 720h}
            driftAge:    {type: duration, default: 24h}
          variables:
            - name: counted
              expression: >-
                approvals.filter(a, a.actorType == 'human' && a.outcome == 'approved' && !a.revoked
                  && a.artifactDigest == release.artifactDigest && a.role in params.roles
                  && !(a.actor in model.authors) && a.actor != release.requestedBy && now - a.at <= params.approvalAge)
            - {name: gaps, expression: "datasets.filter(d, !d.lineage.complete)"}
          rules:
            - id: LOAN-001
              title: Approved by someone who did not build it
              expression: variables.counted.map(a, a.actor).distinct().size() >= params.approvers
              message: Nobody independent has approved this artifact.
              messageExpression: >-
                'need ' + string(params.approvers) + ' independent approval(s) of ' + release.artifactDigest
                + ', found ' + string(variables.counted.map(a, a.actor).distinct().size()) + ' of ' + string(approvals.size())
              remediation: Ask another person with an approver's role.
              controls: [{framework: eu-ai-act, ref: Art. 17}, {framework: iso-42001, ref: A.6.2.5}]
            - id: LOAN-002
              title: Every dataset has its lineage
              expression: datasets.size() > 0 && variables.gaps.size() == 0
              message: Lineage is missing.
              remediation: Emit lineage for the missing steps.
              controls: [{framework: eu-ai-act, ref: Art. 10}]
            - id: LOAN-003
              title: Drift was looked at recently
              waivable: true
              expression: >-
                has(monitoring.drift) && monitoring.drift.metrics.size() > 0 && has(monitoring.drift.lastEvaluatedAt)
                && now - monitoring.drift.lastEvaluatedAt <= params.driftAge
              message: Drift was not looked at recently.
              messageExpression: >-
                !has(monitoring.drift) ? 'no drift monitor'
                : !has(monitoring.drift.lastEvaluatedAt) ? 'never evaluated'
                : 'evaluated ' + string(now - monitoring.drift.lastEvaluatedAt) + ' ago'
              remediation: Configure a drift monitor.
              controls: [{framework: eu-ai-act, ref: Art. 72}]
          auditAnnotations:
            - {key: approvers, valueExpression: "variables.counted.map(a, a.actor).join(',')"}
          waivers: {maxDuration: 720h, approverRoles: [chief-risk-officer], requireCompensatingControl: true}
        """;

    public const string Waiver = """
        apiVersion: governance.mlops/v1
        kind: Waiver
        metadata: {name: loan-drift}
        spec:
          policyRef: {name: loan-release, versions: ">=1.0.0 <2.0.0"}
          ruleIds: [LOAN-003]
          scope: {model: loans, environments: [production], artifactDigests: ["sha256:aa"]}
          reason: The drift service is being moved.
          ticket: RISK-1
          compensatingControls: [Weekly report by hand]
          requestedBy: user:dana
          approvedBy: user:cro
          approvedAt: 2026-08-01T09:00:00Z
          expiresAt: 2026-08-29T09:00:00Z
        """;

    public const string Test = """
        apiVersion: governance.mlops/v1
        kind: PolicyTest
        policy: loan-release.yaml
        waivers: waiver.yaml
        now: 2026-08-10T12:00:00Z
        principals: {"user:cro": [chief-risk-officer]}
        baseFacts:
          model: {id: loans, version: "7", riskClass: high, authors: ["user:ann", "user:bob"]}
          release: {action: deploy, environment: production, requestedBy: "user:ann", artifactDigest: "sha256:aa"}
          approvals: [{actor: "user:carl", actorType: human, role: risk-officer, outcome: approved, revoked: false, artifactDigest: "sha256:aa", at: 2026-08-09T08:00:00Z}]
          datasets: [{id: income, version: "2026-07", lineage: {complete: true}}]
          monitoring: {drift: {metrics: [psi], lastEvaluatedAt: 2026-08-10T06:00:00Z}}
        cases:
          - name: a complete release is allowed
            expect: {decision: allow, outcome: allow, rules: {LOAN-001: pass, LOAN-002: pass, LOAN-003: pass}}
          - name: an author's approval does not count
            patch: [{op: replace, path: /approvals/0/actor, value: "user:bob"}]
            expect: {decision: deny, rules: {LOAN-001: fail}, messageContains: {LOAN-001: found 0 of 1}}
          - name: an approval of another build does not count
            patch: [{op: replace, path: /approvals/0/artifactDigest, value: "sha256:bb"}]
            expect: {decision: deny, rules: {LOAN-001: fail}}
          - name: no dataset at all is not complete lineage
            patch: [{op: replace, path: /datasets, value: []}]
            expect: {decision: deny, rules: {LOAN-002: fail}}
          - name: old drift is waived and shown
            patch: [{op: replace, path: /monitoring/drift/lastEvaluatedAt, value: 2026-08-01T00:00:00Z}]
            expect: {decision: allow, rules: {LOAN-003: waived}}
          - name: a waiver by someone without the role does not count
            principals: {"user:cro": [validator]}
            patch: [{op: replace, path: /monitoring/drift/lastEvaluatedAt, value: 2026-08-01T00:00:00Z}]
            expect: {decision: deny, rules: {LOAN-003: fail}}
          - name: at its last instant the waiver has expired
            now: 2026-08-29T09:00:00Z
            patch: [{op: replace, path: /monitoring/drift/lastEvaluatedAt, value: 2026-08-01T00:00:00Z}, {op: replace, path: /approvals/0/at, value: 2026-08-20T00:00:00Z}]
            expect: {decision: deny, rules: {LOAN-003: fail}, messageContains: {LOAN-003: evaluated}}
          - name: a model of low risk is out of scope
            patch: [{op: replace, path: /model/riskClass, value: minimal}]
            expect: {decision: allow, rules: {LOAN-001: notApplicable}}
          - name: missing approvals close the gate
            patch: [{op: remove, path: /approvals}]
            expect: {decision: deny, outcome: error, rules: {LOAN-001: error, LOAN-002: pass}}
          - name: a missing risk class never takes the model out of scope
            patch: [{op: remove, path: /model/riskClass}]
            expect: {decision: deny, rules: {LOAN-001: error, LOAN-002: error, LOAN-003: waived}}
          - name: with two approvers one is not enough
            parameters: {approvers: 2}
            expect: {decision: deny, rules: {LOAN-001: fail}, messageContains: {LOAN-001: need 2}}
          - name: in staging a failure is a warning
            patch: [{op: replace, path: /release/environment, value: staging}, {op: replace, path: /datasets, value: []}]
            expect: {decision: allow, outcome: warn, rules: {LOAN-002: fail}}
        """;

    public static readonly PolicyFile SchemaFile = new("schema.yaml", Schema);
    public static readonly PolicyFile PolicyFile = new("loan-release.yaml", Policy);
    public static readonly PolicyFile TestFile = new("loan-release.test.yaml", Test);
    public static readonly PolicyFile WaiverFile = new("waiver.yaml", Waiver);

    public static PolicyFile[] Files => [SchemaFile, PolicyFile, TestFile, WaiverFile];

    public static readonly DateTimeOffset Now = new(2026, 8, 10, 12, 0, 0, TimeSpan.Zero);

    public const string Facts = """
        {"model":{"id":"loans","version":"7","riskClass":"high","authors":["user:ann","user:bob"]},
         "release":{"action":"deploy","environment":"production","requestedBy":"user:ann","artifactDigest":"sha256:aa"},
         "approvals":[{"actor":"user:carl","actorType":"human","role":"risk-officer","outcome":"approved","revoked":false,"artifactDigest":"sha256:aa","at":"2026-08-09T08:00:00Z"}],
         "datasets":[{"id":"income","version":"2026-07","lineage":{"complete":true}}],
         "monitoring":{"drift":{"metrics":["psi"],"lastEvaluatedAt":"2026-08-10T06:00:00Z"}}}
        """;

    public static PolicySet Set() => PolicySet.Load(Files).Set!;

    public static PolicyQuery Query(string facts = Facts, string action = "deploy", string environment = "production", bool gated = true) =>
        new(action, environment, gated, Encoding.UTF8.GetBytes(facts), Now);
}
