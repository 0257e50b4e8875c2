using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Values as <c>%s</c> prints them.</summary>
internal static class FormatText
{
    private const int MaxDepth = 200;

    /// <summary>An error, or anything else. Charges for every part: a small value can print very long.</summary>
    public static CelValue Append(Meter meter, StringBuilder to, in CelValue value, int depth = 0)
    {
        if (depth > MaxDepth) return CelValue.Error("the value is nested too deeply to be printed");
        if (!meter.Spend(1)) return CelError.Budget;
        switch (value.Kind)
        {
            case CelKind.Null: to.Append("null"); break;
            case CelKind.Bool: to.Append(value.Bool ? "true" : "false"); break;
            case CelKind.Int: to.Append(CultureInfo.InvariantCulture, $"{value.Int}"); break;
            case CelKind.UInt: to.Append(CultureInfo.InvariantCulture, $"{value.UInt}"); break;
            case CelKind.Double: to.Append(Numbers.PlainText(value.Double)); break;
            case CelKind.String:
                if (!meter.Spend(Sizes.Tenth(value.String.Length))) return CelError.Budget;
                to.Append(value.String);
                break;
            case CelKind.Bytes:
                if (!meter.Spend(Sizes.Tenth(value.Bytes.Length))) return CelError.Budget;
                to.Append(Encoding.UTF8.GetString(value.Bytes));
                break;
            case CelKind.Timestamp: to.Append(value.Timestamp.ToString()); break;
            case CelKind.Duration: to.Append(value.Duration.ToString()); break;
            case CelKind.Type: to.Append(value.TypeName); break;
            case CelKind.Ip: to.Append(value.Ip.ToString()); break;
            case CelKind.Cidr: to.Append(value.Cidr.ToString()); break;
            case CelKind.Version: to.Append(value.Version.ToString()); break;
            case CelKind.List: return AppendList(meter, to, value.List, depth);
            case CelKind.Map: return AppendMap(meter, to, value.Map, depth);
            default: return CelValue.Error($"%s does not take a {TypeNames.Of(value)}");
        }

        return CelValue.True;
    }

    private static CelValue AppendList(Meter meter, StringBuilder to, CelList list, int depth)
    {
        to.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) to.Append(", ");
            if (Append(meter, to, list[i], depth + 1) is { Kind: CelKind.Error } failure) return failure;
        }

        to.Append(']');
        return CelValue.True;
    }

    /// <summary>In the order of the printed keys, so that equal maps print alike.</summary>
    private static CelValue AppendMap(Meter meter, StringBuilder to, CelMap map, int depth)
    {
        var entries = new List<(string Key, string Value)>();
        for (var i = 0; i < map.Count; i++)
        {
            var (key, value) = (new StringBuilder(), new StringBuilder());
            if (Append(meter, key, map.Keys[i], depth + 1) is { Kind: CelKind.Error } bad) return bad;
            if (Append(meter, value, map.Values[i], depth + 1) is { Kind: CelKind.Error } failure) return failure;
            entries.Add((key.ToString(), value.ToString()));
        }

        entries.Sort(static (a, b) => CodePoints.Compare(a.Key, b.Key));
        to.Append('{').AppendJoin(", ", entries.Select(static e => $"{e.Key}: {e.Value}")).Append('}');
        return CelValue.True;
    }
}
