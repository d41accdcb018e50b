const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Snowflake's own functions that compute a value from their arguments or tell about the session, and do nothing else. A function of
 * that name cannot be defined by users: Snowflake refuses names of its own (documented). Nothing here reads a stage, runs text,
 * advances a sequence or reaches out; `SYSTEM$` functions are out as a whole.
 */
export const PURE_FUNCTIONS = words(`
  abs acos acosh add_months any_value approx_count_distinct approx_percentile approx_percentile_accumulate approx_percentile_combine
  approx_percentile_estimate approx_top_k approx_top_k_accumulate approx_top_k_combine approx_top_k_estimate approximate_jaccard_index
  approximate_similarity array_agg array_append array_cat array_compact array_construct array_construct_compact array_contains array_distinct array_except
  array_flatten array_generate_range array_insert array_intersection array_max array_min array_position array_prepend array_remove array_reverse array_size
  array_slice array_sort array_to_string array_union_agg array_unique_agg arrays_overlap arrays_to_object arrays_zip as_array as_binary as_boolean as_char
  as_date as_decimal as_double as_integer as_number as_object as_real as_time as_timestamp_ltz as_timestamp_ntz as_timestamp_tz as_varchar ascii asin asinh
  atan atan2 atanh avg base64_decode_string base64_encode bit_length bitand bitand_agg bitmap_bit_position bitmap_bucket_number bitmap_construct_agg
  bitmap_count bitmap_or_agg bitnot bitor bitor_agg bitshiftleft bitshiftright bitxor bitxor_agg booland booland_agg boolnot boolor boolor_agg boolxor
  boolxor_agg cbrt ceil char_length charindex check_json check_xml chr coalesce collate collation compress concat concat_ws conditional_change_event
  conditional_true_event contains convert_timezone corr cos cosh cot count count_if covar_pop covar_samp cume_dist current_account current_account_name
  current_available_roles current_client current_database current_date current_ip_address current_organization_name current_region current_role
  current_schema current_schemas current_secondary_roles current_session current_statement current_time current_timestamp current_transaction current_user
  current_version current_warehouse date date_from_parts date_part date_trunc dateadd datediff datefromparts day dayname dayofmonth dayofweek dayofweekiso
  dayofyear decode degrees dense_rank div0 div0null editdistance endswith equal_null exp extract factorial first_value floor get get_ddl get_ignore_case
  get_path getbit getdate greatest greatest_ignore_nulls grouping grouping_id hash hash_agg haversine hex_decode_string hex_encode hll hll_accumulate
  hll_combine hll_estimate hll_export hll_import hour iff ifnull ilike in initcap insert is_array is_binary is_boolean is_char
  is_database_role_in_session is_date is_decimal is_double is_integer is_null_value is_object is_real is_role_in_session is_time is_timestamp_ltz
  is_timestamp_ntz is_timestamp_tz is_varchar jarowinkler_similarity json_extract_path_text kurtosis lag last_day last_query_id last_value lead least
  least_ignore_nulls left len length like listagg ln localtime localtimestamp log lower lpad ltrim max max_by md5 md5_hex md5_number median min min_by
  minhash minhash_combine minute mod mode month monthname months_between next_day normal nth_value ntile nullif nullifzero nvl nvl2 object_agg
  object_construct object_construct_keep_null object_delete object_insert object_keys object_pick octet_length parse_ip parse_json parse_url parse_xml
  percent_rank percentile_cont percentile_disc pi position pow power previous_day quarter radians random randstr rank ratio_to_report regexp_count
  regexp_instr regexp_like regexp_replace regexp_substr regexp_substr_all regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
  regr_sxy regr_syy repeat replace reverse right rlike round row_number rpad rtrim rtrimmed_length second seq1 seq2 seq4 seq8 sha1 sha1_hex sha2 sha2_hex
  sign sin sinh skew soundex soundex_p123 space split split_part sqrt square st_area st_asgeojson st_astext st_aswkb st_aswkt st_buffer st_centroid
  st_contains st_coveredby st_covers st_disjoint st_distance st_dwithin st_geogfromtext st_geographyfromwkt st_geohash st_intersects st_length st_makeline
  st_makepoint st_perimeter st_pointfromgeohash st_within st_x st_y startswith stddev stddev_pop stddev_samp strip_null_value strtok strtok_to_array substr
  substring sum sysdate tan tanh time time_from_parts time_slice timeadd timediff timefromparts timestamp_from_parts timestamp_ltz_from_parts
  timestamp_ntz_from_parts timestamp_tz_from_parts timestampadd timestampdiff timestampfromparts to_array to_binary to_boolean to_char to_date to_decimal
  to_double to_geography to_geometry to_json to_number to_numeric to_object to_time to_timestamp to_timestamp_ltz to_timestamp_ntz to_timestamp_tz
  to_varchar to_variant to_xml translate trim trunc truncate try_base64_decode_string try_cast try_hex_decode_string try_parse_json try_to_binary
  try_to_boolean try_to_date try_to_decimal try_to_double try_to_geography try_to_geometry try_to_number try_to_numeric try_to_time try_to_timestamp
  try_to_timestamp_ltz try_to_timestamp_ntz try_to_timestamp_tz typeof unicode uniform upper uuid_string var_pop var_samp variance variance_pop
  variance_samp vector_cosine_similarity vector_inner_product vector_l1_distance vector_l2_distance week weekiso weekofyear width_bucket xmlget year
  yearofweek yearofweekiso zeroifnull zipf`);

/** Rows made of arguments, or of an earlier result. Every other table function could be anybody's. */
export const PURE_TABLE_FUNCTIONS = words('flatten generator result_scan split_to_table strtok_split_to_table');

/** Words that stand before a parenthesis without being a function: syntax, types, samples and time travel. */
export const WORDS_BEFORE_PARENTHESIS = words(`
  all and any as at before bernoulli between binary block by case cast changes char character decimal distinct else end except exists filter float for from
  group grouping having in intersect join like limit minus not number numeric offset on or order over partition pivot qualify repeatable row sample seed
  select sets some string system tablesample then time timestamp_ltz timestamp_ntz timestamp_tz top union unpivot using values varchar when where with within`);

/** Words that never stand bare in a plain read. A quoted name may still be one of them. */
export const WORDS_OF_NO_READ = words(`
  abort alter analyze begin call clone comment commit copy create currval declare delete describe drop elseif execute explain get_presigned_url grant immediate
  insert into let list loop merge nextval procedure purge put remove return returning returns revoke rollback set show suspend truncate undrop unset
  update upsert use vacuum while`);

/** Of these: words that Snowflake lets stand as the name of a column. */
export const WORDS_THAT_MAY_BE_NAMES = words(`
  abort begin call clone comment commit copy describe explain immediate let list loop procedure purge put remove return returns show suspend truncate
  undrop use`);

/** What may follow such a name. */
export const WORDS_BEHIND_A_NAME = words(`
  and as asc between desc else end from full group having ilike in inner is join left like limit not nulls offset on or order outer qualify right
  rlike then union when where`);

/** Behind these a word with a parenthesis is a function, whatever it is elsewhere. */
export const WORDS_BEFORE_A_VALUE = words(`
  all and any as between by case connect_by_root cross distinct else escape except exists from full having if ilike in inner intersect is join lateral left like limit
  minus natural not null of offset on or outer over prior qualify regexp right rlike select some then top union using values when where with`);
