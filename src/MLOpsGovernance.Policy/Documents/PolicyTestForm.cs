using static MLOpsGovernance.Policy.Documents.FormValue;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>The document of kind PolicyTest.</summary>
internal static class PolicyTestForm
{
    public static readonly string[] Operations = ["add", "replace", "remove"], Decisions = ["allow", "deny"], Outcomes = ["allow", "warn", "deny", "error"],
        Results = ["pass", "fail", "error", "waived", "notApplicable", "notYetInForce"];

    private static readonly FormKey[] Settings =
    [
        new("now", Instant, "The instant that the cases are judged at."),
        new("principals", new Named(new Texts()), "Roles of those who approved waivers."),
        new("parameters", new Named(Any), "Parameters of the policy with another value than the default."),
        new("action", Line, "What is to be done; else release.action of the facts."),
        new("environment", Line, "Where; else release.environment of the facts."),
    ];

    public static readonly Form Step = new(
        "One operation of RFC 6902 on the facts.",
        new("op", new Word(Operations), "What is done.", Required: true),
        new("path", Line, "JSON Pointer to where.", Required: true),
        new("value", Any, "With what; not for 'remove'."));

    public static readonly Form Expect = new(
        "What must come out; at least one of them.",
        new("decision", new Word(Decisions), "allow stands for allow and warn, deny for deny and error."),
        new("outcome", new Word(Outcomes), "The outcome itself."),
        new("rules", new Named(new Word(Results)), "Results of rules; those not listed are not compared."),
        new("messageContains", new Named(Line), "Parts of the messages of rules."));

    public static readonly Form Case = new(
        "One situation and what must come of it.",
        [
            new("name", Line, "The situation, as a sentence.", Required: true),
            new("description", Line, "More than the name says."),
            .. Settings,
            new("patch", new Records(Step), "Changes of baseFacts for this case."),
            new("expect", new Record(Expect), "What must come out.", Required: true),
        ]);

    public static readonly Form Document = new(
        "Tests of one policy, beside it.",
        [
            new("apiVersion", new Word(DocumentHead.ApiVersion), "Version of the format.", Required: true),
            new("kind", new Word(DocumentHead.PolicyTest), "What the document is.", Required: true),
            new("metadata", new Named(Any), "Whatever the author notes."),
            new("policy", Line, "The policy's file, beside this one.", Required: true),
            new("waivers", Line, "A file with a waiver, beside this one."),
            .. Settings.Select(static s => s.Name == "now" ? s with { Required = true } : s),
            new("baseFacts", new Named(Any), "The facts that every case begins with.", Required: true),
            new("cases", new Records(Case, AtLeast: 1), "The situations.", Required: true),
        ]);
}
