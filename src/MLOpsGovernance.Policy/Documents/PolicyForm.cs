using static MLOpsGovernance.Policy.Documents.FormValue;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>The document of kind Policy.</summary>
internal static class PolicyForm
{
    public const string RuleIdPattern = "^[A-Za-z0-9._:-]{1,128}$", VariablePattern = "^[A-Za-z][A-Za-z0-9_]*$", AnnotationKeyPattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

    public static readonly string[] Levels = ["mandatory", "advisory", "audit"], Severities = ["low", "medium", "high", "critical"], FailurePolicies = ["Fail", "Ignore"], LiveFailures = ["report", "suspend"];

    public static readonly Form Metadata = new(
        "What the policy is and whose it is.",
        new("name", Line, "Stable name, equal to the file's name without .yaml.", Required: true),
        new("version", Line, "Semantic version; the digest of the content is the real identity.", Required: true),
        new("title", Line, "One sentence: what the policy is for.", Required: true),
        new("description", Line, "More than the title says."),
        new("owner", Line, "Who answers for it.", Required: true),
        new("contact", Line, "Where to ask."),
        new("severity", new Word(Severities), "How bad a failure is.", Required: true));

    public static readonly Form Condition = new(
        "Where one condition is false, no rule of the policy applies.",
        new("name", Line, "What the condition is called in explanations.", Required: true),
        new("expression", Line, "CEL over the facts and params, of type bool; variables are not visible.", Required: true));

    public static readonly Form Match = new(
        "When the policy is asked. Empty matches everything.",
        new("actions", new Texts(PolicyActions.All), "Actions that it is about; all where absent."),
        new("environments", new Texts(), "Environments that it is about; all where absent."),
        new("conditions", new Records(Condition, AtMost: PolicyLimits.Conditions), "What must hold of the request besides."));

    public static readonly Form Enforcement = new(
        "How strictly the policy holds where.",
        new("default", new Word(Levels), "Where nothing else is said.", Required: true),
        new("environments", new Named(new Word(Levels)), "The level in single environments."),
        new("live", new Word(LiveFailures), "What happens to what runs already and fails a mandatory rule: a finding (report, the default), or its version is suspended too and its owner takes it down (suspend)."));

    public static readonly Form Parameter = new(
        "A value that whoever adopts the policy may set within its bounds.",
        new("type", Line, "A type of the language, such as int, duration, list(string) or map(string, int).", Required: true),
        new("default", Any, "The value where nobody sets another.", Required: true),
        new("minimum", Number, "Least number."),
        new("maximum", Number, "Greatest number."),
        new("maxItems", new Figure(0, 100_000), "Most items of a list, or entries of a map."),
        new("maxLength", new Figure(0, 100_000), "Longest text."),
        new("enum", new Texts(), "The texts that are allowed."),
        new("description", Line, "What it means."));

    public static readonly Form Variable = new(
        "A part of rules that is named, computed at most once and only when it is needed.",
        new("name", new Text(VariablePattern), "Used as variables.NAME.", Required: true),
        new("expression", Line, "CEL over facts, params, now and the variables above.", Required: true));

    public static readonly Form Control = new(
        "What a rule supports; alone it never satisfies a control.",
        new("framework", Line, "Id in the catalogue of frameworks.", Required: true),
        new("ref", Line, "Reference within the framework.", Required: true));

    public static readonly Form Rule = new(
        "One promise.",
        new("id", new Text(RuleIdPattern), "Unique across the set, never used again for another promise.", Required: true),
        new("title", Line, "What holds when the rule passes, in one sentence.", Required: true),
        new("description", Line, "What the rule wants and why, where the title does not say all of it."),
        new("waivable", Flag, "Whether a failure can be waived; says nothing about the level. Default false."),
        new("effectiveFrom", Instant, "Before this date the rule reports notYetInForce."),
        new("expression", Line, "CEL of type bool: true means that the rule is kept.", Required: true),
        new("message", Line, "One line, said when the rule fails.", Required: true),
        new("messageExpression", Line, "CEL that computes a better message; where it cannot, 'message' is said."),
        new("remediation", Line, "What to do, and who.", Required: true),
        new("controls", new Records(Control, AtLeast: 1), "What the rule supports in frameworks.", Required: true));

    public static readonly Form Annotation = new(
        "Something to keep with the decision besides pass and fail.",
        new("key", new Text(AnnotationKeyPattern), "Name of what is kept.", Required: true),
        new("valueExpression", Line, "CEL that gives a string, or null for nothing.", Required: true));

    public static readonly Form Waivers = new(
        "What waivers of this policy's rules must keep to.",
        new("maxDuration", Line, "Longest time a waiver may hold, such as 720h.", Required: true),
        new("approverRoles", new Texts(AtLeast: 1), "Roles of which the second person holds one.", Required: true),
        new("requireCompensatingControl", Flag, "Whether a waiver names what is done instead."));

    public static readonly Form Spec = new(
        "When the policy is asked, how strictly it holds, and its rules.",
        new("match", new Record(Match), "When the policy is asked.", Required: true),
        new("failurePolicy", new Word(FailurePolicies), "Whether an error counts as a failure (Fail, the default) or is only recorded."),
        new("enforcement", new Record(Enforcement), "How strictly the policy holds where.", Required: true),
        new("effectiveFrom", Instant, "The date of rules without one of their own."),
        new("adoptEarly", Flag, "Puts rules in force before their date."),
        new("parameters", new Named(new Record(Parameter)), "Values to adjust, used as params.NAME."),
        new("variables", new Records(Variable, AtMost: PolicyLimits.Variables), "Named parts of rules."),
        new("rules", new Records(Rule, AtLeast: 1), "The promises.", Required: true),
        new("auditAnnotations", new Records(Annotation, AtMost: 64), "What to keep with the decision."),
        new("waivers", new Record(Waivers), "What waivers must keep to; needed where a rule is waivable."));

    public static readonly Form Document = new(
        "A policy: rules about releases, with their messages, remedies and controls.",
        new("apiVersion", new Word(DocumentHead.ApiVersion), "Version of the format.", Required: true),
        new("kind", new Word(DocumentHead.Policy), "What the document is.", Required: true),
        new("metadata", new Record(Metadata), "What the policy is and whose it is.", Required: true),
        new("spec", new Record(Spec), "When it is asked, how strictly it holds, and its rules.", Required: true));
}
