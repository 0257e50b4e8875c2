namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>What a value is at run time. <see cref="None"/> marks a slot that was never filled; expressions never see it.</summary>
internal enum CelKind : byte
{
    None, Error, Unknown,
    Null, Bool, Int, UInt, Double, String, Bytes, List, Map, Object, Timestamp, Duration, Type, Optional, Ip, Cidr, Version,
}
