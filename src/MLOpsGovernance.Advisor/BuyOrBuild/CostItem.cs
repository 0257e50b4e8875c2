using System.Text.Json.Serialization;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>What an option costs. An item that nobody entered is not zero: it is listed as not estimated beside the total.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CostItem>))]
public enum CostItem
{
    /// <summary>Setup and migration, once.</summary>
    [JsonStringEnumMemberName("oneOff")]
    OneOff,

    /// <summary>People who run it, full-time.</summary>
    [JsonStringEnumMemberName("fte")]
    Fte,

    /// <summary>A year.</summary>
    [JsonStringEnumMemberName("infrastructure")]
    Infrastructure,

    /// <summary>A year; rises with prices.</summary>
    [JsonStringEnumMemberName("licence")]
    Licence,

    /// <summary>A year; rises with prices.</summary>
    [JsonStringEnumMemberName("support")]
    Support,

    /// <summary>Internal validation and audit, a year.</summary>
    [JsonStringEnumMemberName("internalAudit")]
    InternalAudit,

    /// <summary>Leaving it, in the last year.</summary>
    [JsonStringEnumMemberName("exit")]
    Exit,

    /// <summary>Months until it is live, after procurement.</summary>
    [JsonStringEnumMemberName("monthsToLive")]
    MonthsToLive,

    /// <summary>Months until it may be used at all.</summary>
    [JsonStringEnumMemberName("procurementMonths")]
    ProcurementMonths,

    /// <summary>Examining the supplier, once.</summary>
    [JsonStringEnumMemberName("dueDiligence")]
    DueDiligence,

    /// <summary>Writing and trying the plan for leaving, once.</summary>
    [JsonStringEnumMemberName("exitPlan")]
    ExitPlan,

    /// <summary>Running old and new side by side, once.</summary>
    [JsonStringEnumMemberName("parallelRun")]
    ParallelRun,

    /// <summary>Teaching people, once.</summary>
    [JsonStringEnumMemberName("training")]
    Training,

    /// <summary>What the same people would have achieved elsewhere, once.</summary>
    [JsonStringEnumMemberName("opportunity")]
    Opportunity,
}
