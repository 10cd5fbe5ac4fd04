"""Nhóm tham gia bảo hiểm y tế: codes of the groups of Điều 12, and which of them each law knows."""

from enum import IntEnum

from ansinh.law.engine import provision, versions


class Group(IntEnum):
    """Đối tượng tham gia bảo hiểm y tế (25/2008/QH12 Điều 12 sửa đổi năm 2024; 188/2025/NĐ-CP Điều 5)."""

    EMPLOYEE = 1  # khoản 1 điểm a: người lao động, người quản lý có hưởng lương
    UNPAID_MANAGER = 2  # khoản 1 điểm b: người quản lý không hưởng lương
    FOREIGN_EMPLOYEE = 3  # khoản 1 điểm c: người lao động nước ngoài
    PART_TIME_EMPLOYEE = 4  # khoản 1 điểm d: làm việc không trọn thời gian
    HOUSEHOLD_OWNER = 5  # khoản 1 điểm đ: chủ hộ kinh doanh
    OFFICIAL = 6  # khoản 1 điểm e: cán bộ, công chức, viên chức
    COMMUNE_PART_TIME = 7  # khoản 1 điểm g: người hoạt động không chuyên trách ở cấp xã
    DEFENCE_WORKER = 8  # khoản 1 điểm h: công nhân, viên chức quốc phòng, công an, cơ yếu
    DEFENCE_WORKER_FAMILY = 9  # khoản 1 điểm i; 188/2025/NĐ-CP Điều 5 khoản 5: thân nhân của họ
    PENSIONER = 10  # khoản 2 điểm a: hưởng lương hưu, trợ cấp mất sức lao động
    WORK_INJURY_ALLOWANCE = 11  # khoản 2 điểm b: trợ cấp tai nạn lao động, bệnh nghề nghiệp hằng tháng
    LONG_SICKNESS = 12  # khoản 2 điểm b: nghỉ ốm đau do bệnh cần chữa trị dài ngày
    SICK_LEAVE = 13  # khoản 2 điểm b: nghỉ ốm đau từ 14 ngày làm việc trong tháng
    MATERNITY_LEAVE = 14  # khoản 2 điểm b: nghỉ thai sản từ 14 ngày làm việc trong tháng
    RETIRED_COMMUNE_INSURED = 15  # khoản 2 điểm c: cán bộ xã nghỉ việc hưởng trợ cấp BHXH
    UNEMPLOYED = 16  # khoản 2 điểm d: hưởng trợ cấp thất nghiệp
    RUBBER_WORKER = 17  # 188/2025/NĐ-CP Điều 5 khoản 1: công nhân cao su hưởng trợ cấp
    ARMED_FORCES = 18  # khoản 3 điểm a: sĩ quan, quân nhân chuyên nghiệp, công an, cơ yếu hưởng lương
    CONSCRIPT = 19  # khoản 3 điểm b: hạ sĩ quan, chiến sĩ nghĩa vụ, học viên hưởng sinh hoạt phí
    FOREIGN_CADET = 20  # khoản 3 điểm c: học viên là người nước ngoài
    RESERVE_TRAINEE = 21  # khoản 3 điểm d: học viên đào tạo sĩ quan dự bị
    STANDING_MILITIA = 22  # khoản 3 điểm đ: dân quân thường trực
    MERIT = 23  # khoản 3 điểm e: người có công với cách mạng, cựu chiến binh
    DEPUTY = 24  # khoản 3 điểm g: đại biểu Quốc hội, Hội đồng nhân dân
    CHILD_UNDER_6 = 25  # khoản 3 điểm h: trẻ em dưới 6 tuổi
    MARTYR_RELATIVE = 26  # khoản 3 điểm i: thân nhân của liệt sĩ
    MERIT_RELATIVE = 27  # khoản 3 điểm k: thân nhân của người có công
    ARMED_FORCES_RELATIVE = 28  # khoản 3 điểm l: thân nhân quân nhân, công an, cơ yếu, chiến sĩ nghĩa vụ
    ORGAN_DONOR = 29  # khoản 3 điểm m: người đã hiến bộ phận cơ thể
    FOREIGN_SCHOLAR = 30  # khoản 3 điểm n: người nước ngoài học tập hưởng học bổng
    POOR = 31  # khoản 3 điểm o: hộ nghèo; dân tộc thiểu số, vùng khó khăn, xã đảo, đặc khu
    RETIRED_COMMUNE_STATE = 32  # khoản 3 điểm p: cán bộ xã nghỉ việc hưởng trợ cấp ngân sách
    ENDED_INVALIDITY = 33  # khoản 3 điểm q: thôi hưởng trợ cấp mất sức, hưởng trợ cấp ngân sách
    SOCIAL_ALLOWANCE = 34  # khoản 3 điểm r: hưởng trợ cấp xã hội, nuôi dưỡng hằng tháng
    ELDERLY_SURVIVOR = 35  # khoản 3 điểm s: người cao tuổi hưởng trợ cấp tuất hằng tháng
    SOCIAL_PENSIONER = 36  # khoản 3 điểm t: hưởng trợ cấp hưu trí xã hội
    AWAITING_SOCIAL_PENSION = 37  # khoản 3 điểm u: hưởng trợ cấp hằng tháng chờ hưu trí xã hội
    SAFE_ZONE = 38  # 188/2025/NĐ-CP Điều 5 khoản 2: người dân xã an toàn khu
    POOR_ARTISAN = 39  # 188/2025/NĐ-CP Điều 5 khoản 3: nghệ nhân có thu nhập thấp
    RESISTANCE = 40  # 188/2025/NĐ-CP Điều 5 khoản 6: người tham gia kháng chiến
    COMMUNE_MILITARY_TRAINEE = 41  # 188/2025/NĐ-CP Điều 5 khoản 7: học viên quân sự cấp xã
    NEAR_POOR = 42  # khoản 4 điểm a: hộ cận nghèo
    NEAR_POOR_IN_POOR_PLACE = 43  # khoản 4 điểm a: hộ cận nghèo ở huyện nghèo, xã nghèo
    STUDENT = 44  # khoản 4 điểm b: học sinh, sinh viên
    LOCAL_SECURITY = 45  # khoản 4 điểm c: lực lượng bảo vệ an ninh, trật tự ở cơ sở
    AVERAGE_FARMER = 46  # khoản 4 điểm d: hộ nông, lâm, ngư, diêm nghiệp mức sống trung bình
    VILLAGE_HEALTH_WORKER = 47  # khoản 4 điểm đ: nhân viên y tế thôn, bản, cô đỡ
    HAMLET_PART_TIME = 48  # khoản 4 điểm e: người hoạt động không chuyên trách ở thôn
    FORMER_HARD_AREA = 49  # khoản 4 điểm g: dân tộc thiểu số ở xã ra khỏi vùng khó khăn
    ARTISAN = 50  # khoản 4 điểm h: nghệ nhân nhân dân, nghệ nhân ưu tú
    TRAFFICKING_VICTIM = 51  # khoản 4 điểm i: nạn nhân mua bán người
    MINE_VICTIM = 52  # 188/2025/NĐ-CP Điều 5 khoản 4: nạn nhân bom mìn
    MULTIDIMENSIONAL_POOR = 53  # 146/2018/NĐ-CP Điều 4 khoản 2: hộ nghèo đa chiều, đến 06/2025
    HOUSEHOLD_MEMBER = 54  # khoản 5 điểm a: tham gia theo hộ gia đình
    CHARITY_RESIDENT = 55  # khoản 5 điểm b: người sống trong tổ chức từ thiện, tôn giáo
    UNPAID_LEAVE = 56  # khoản 5 điểm c: nghỉ không lương, tạm hoãn hợp đồng
    INDIVIDUAL = 57  # khoản 5 điểm d: người không thuộc nhóm nào


FROM_2018 = (Group.RESISTANCE, Group.MULTIDIMENSIONAL_POOR, Group.DEFENCE_WORKER_FAMILY)
FROM_2025 = (
    Group.UNPAID_MANAGER,
    Group.PART_TIME_EMPLOYEE,
    Group.HOUSEHOLD_OWNER,
    Group.FOREIGN_CADET,
    Group.RESERVE_TRAINEE,
    Group.STANDING_MILITIA,
    Group.SOCIAL_PENSIONER,
    Group.AWAITING_SOCIAL_PENSION,
    Group.SAFE_ZONE,
    Group.COMMUNE_MILITARY_TRAINEE,
    Group.LOCAL_SECURITY,
    Group.VILLAGE_HEALTH_WORKER,
    Group.HAMLET_PART_TIME,
    Group.FORMER_HARD_AREA,
    Group.ARTISAN,
    Group.TRAFFICKING_VICTIM,
    Group.MINE_VICTIM,
    Group.CHARITY_RESIDENT,
    Group.UNPAID_LEAVE,
    Group.INDIVIDUAL,
)


@provision(
    "health.group",
    clause="25/2008/QH12, Điều 12; 46/2014/QH13, Điều 1; 595/QĐ-BHXH, Điều 17",
    since="2015-01-01",
    until="2018-11-30",
    term="thuộc đối tượng tham gia bảo hiểm y tế",
)
def is_group_2014(group: int) -> bool:
    """The groups of the law of 2014."""
    return group not in FROM_2018 and group not in FROM_2025


@provision(
    "health.group",
    clause="25/2008/QH12, Điều 12; 146/2018/NĐ-CP, Điều 1, 2, 3, 4, 5, 6",
    since="2018-12-01",
    until="2025-06-30",
    term="thuộc đối tượng tham gia bảo hiểm y tế",
)
def is_group_2018(group: int) -> bool:
    """The groups of the law of 2014 as the decree of 2018 lists them."""
    return group not in FROM_2025


@provision(
    "health.group",
    clause="25/2008/QH12, Điều 12; 51/2024/QH15, Điều 1 khoản 10; 188/2025/NĐ-CP, Điều 5",
    since="2025-07-01",
    term="thuộc đối tượng tham gia bảo hiểm y tế",
)
def is_group_2024(group: int) -> bool:
    """The groups of the law of 2024; the multidimensionally poor are no longer one."""
    return group != Group.MULTIDIMENSIONAL_POOR


is_group = versions(is_group_2014, is_group_2018, is_group_2024)
